import { failureSentence } from '../terminal/failure-sentence.ts'
import { ensurePages } from './build-pages.ts'

/** Builds the pages when that is needed, for the launcher: all it says goes to stderr. */
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

try {
  await ensurePages(say)
} catch (error) {
  say(failureSentence(error))
  process.exitCode = 1
}
