import { seededRandom } from '../practice-hospital/random.ts'
import type { ChaosItem } from './chaos-bot.ts'

const TWO_ENTRIES = 0.3
const REFUSED = 0.02
/** Begins every value, so that one in a log is found. */
export const VALUE_MARK = 'waarde-'

/** The cases of a run: some make two entries, so that an item is resumed between its acts; a few are for a person. */
export function makeCases(seed: string, count: number): ChaosItem[] {
  const random = seededRandom(`${seed}/cases`)
  return Array.from({ length: count }, (_, place) => ({
    caseNumber: `Z-${place + 1}`,
    value: `${VALUE_MARK}${random.integer(100_000, 999_999)}`,
    entries: random.chance(TWO_ENTRIES) ? 2 : 1,
    refused: random.chance(REFUSED),
  }))
}
