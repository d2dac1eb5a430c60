import type { Bot } from '../../bots/bot.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { deploymentOf, refused } from './input-checks.ts'

interface Named {
  readonly deployment: string
  readonly variant: string
}

/**
 * A mistyped variant of a robot of the catalogue would wait for items that never come. What an earlier version of the
 * robot counted is known as well. A robot of another make names its variants itself: all of those are.
 * @throws business: names the field, and the variants to choose from
 */
export async function expectVariants(
  db: LedgerDatabase,
  bots: ReadonlyMap<string, Pick<Bot, 'variants'>>,
  named: readonly Named[],
  field: string,
): Promise<void> {
  for (const { deployment, variant } of named) {
    const known = bots.get((await deploymentOf(db, deployment)).bot)?.variants
    if (!known || Object.hasOwn(known, variant)) continue
    if (await wasCounted(db, { deployment, variant })) continue
    const remedy = `the robot of ${deployment} has no variant "${variant}"; choose from ${Object.keys(known).join(', ')}.`
    throw refused(field, 'variant-unknown', remedy)
  }
}

async function wasCounted(db: LedgerDatabase, { deployment, variant }: Named): Promise<boolean> {
  const counted = db
    .selectFrom('day_count')
    .select('day')
    .where('deployment', '=', deployment)
    .where('variant', '=', variant)
  return (await counted.limit(1).executeTakeFirst()) !== undefined
}
