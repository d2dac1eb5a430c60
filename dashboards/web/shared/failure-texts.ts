import { botFailures } from './failure-texts-bots.ts'
import { doorFailures } from './failure-texts-door.ts'
import { planFailures } from './failure-texts-plans.ts'
import { messageFailures, webFailures } from './failure-texts-systems.ts'
import { alarmTexts, workFailures } from './failure-texts-work.ts'

/** Dutch sentences by the code of a failure: what happened and what a person can do. English is the server's own sentence. */
export interface FailureTexts {
  /** Say all that the server's sentence says. */
  readonly whole: Readonly<Record<string, string>>
  /** Leave out which field, system or number it was, for that is in the server's sentence only. */
  readonly part: Readonly<Record<string, string>>
}

export const FAILURE_AREAS: readonly FailureTexts[] = [
  doorFailures,
  botFailures,
  webFailures,
  messageFailures,
  workFailures,
  alarmTexts,
  planFailures,
]

/** As words of the screen: `failure.whole.<code>` or `failure.part.<code>`. */
export const failureWords: Readonly<Record<string, string>> = Object.assign({}, ...FAILURE_AREAS.map(wordsOf))

/** Of those, the ones that somebody can meet before signing in. */
export const firstFailures: ReadonlySet<string> = new Set(Object.keys(wordsOf(doorFailures)))

function wordsOf({ whole, part }: FailureTexts): Readonly<Record<string, string>> {
  const named = (how: string, texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([code, text]) => [`failure.${how}.${code}`, text] as const)
  return Object.fromEntries([...named('whole', whole), ...named('part', part)])
}
