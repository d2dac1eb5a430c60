import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './supervise.ts'

/** What came of it, as text; the bytes of a case that went wrong are saved in a temporary folder. */
export async function report(connector: string, seed: number, { tried, wrong }: Outcome): Promise<string> {
  const first = `${connector}, seed ${seed}: ${tried} cases, ${wrong ? 'the last went wrong' : 'all ended as they should'}.\n`
  if (!wrong) return first
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-fuzz-'))
  const file = join(folder, `${connector}-${seed}-${wrong.number}.bin`)
  await writeFile(file, wrong.bytes)
  return (
    `${first}Case ${wrong.number} (${wrong.what}): ${wrong.why}\nIts bytes are in ${file}.\n` +
    `Again: npm run fuzz -- --connector ${connector} --seed ${seed} --from ${wrong.number} --cases 1\n`
  )
}
