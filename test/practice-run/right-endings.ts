import { z } from 'zod'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { PracticeProcess } from '../practice/practice-process.ts'
import { HOSPITAL } from './practice-work.ts'

const Expected = z.array(
  z.object({
    kind: z.enum(['referral', 'appointment', 'death']),
    key: z.string(),
    outcome: z.enum(['done', 'parked']),
    variant: z.string().optional(),
    why: z.string().optional(),
  }),
)

const DEPLOYMENT = {
  referral: `${HOSPITAL}-referral-intake`,
  appointment: `${HOSPITAL}-insurance-check`,
  death: `${HOSPITAL}-deceased-appointments`,
} as const

/** What did not end as the practice hospital knows it should have, a sentence each; none when all is right. */
export async function wrongEndings(db: LedgerDatabase, practice: PracticeProcess): Promise<string[]> {
  const expected = Expected.parse(await practice.control('/expected'))
  const items = await db
    .selectFrom('item')
    .select(['deployment', 'reference', 'state', 'variant', 'sentence'])
    .execute()
  return expected.flatMap(({ kind, key, outcome, variant, why }) => {
    const own = items.filter((item) => item.deployment === DEPLOYMENT[kind] && isOf(item.reference, key))
    const [item] = own
    if (!item) return [`${kind} ${key} was not found by its robot.`]
    if (own.length > 1) return [`${kind} ${key} became ${own.length} items.`]
    if (item.state !== outcome) {
      return [
        `${kind} ${key} is ${item.state} and should be ${outcome}${why ? ` (${why})` : ''}. ${item.sentence ?? ''}`,
      ]
    }
    if (variant && item.variant !== variant)
      return [`${kind} ${key} counts as ${item.variant} and is ${variant}.`]
    return []
  })
}

/** The reference is the key, or begins with it: a death is known by hospital number and date. */
const isOf = (reference: string, key: string): boolean => reference === key || reference.startsWith(`${key}-`)
