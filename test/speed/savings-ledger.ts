import { sql } from 'kysely'
import { openLedger } from '../../orchestrator/ledger/open-ledger.ts'
import { putDeployment, putHospital, type BaselineSetup } from '../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { asOwner } from './database-owner.ts'

export const PERIOD = { from: '2025-01-01', to: '2026-12-31', today: '2026-12-31' }
const HOSPITALS = 40
const DAYS = 730
const BOTS = ['referral-intake', 'insurance-check', 'deceased-appointments']
const VARIANTS = ['known-patient', 'new-patient']
const BATCH = 500_000

export interface MadeLedger extends AsyncDisposable {
  /** As the product opens it. */
  readonly db: LedgerDatabase
  /** As the account that owns the tables. */
  readonly owner: LedgerDatabase
}

/**
 * A ledger as it would be after two years: items done over 40 hospitals and three robots each, their credits, what was
 * parked, and counts by day from which the product's own roll-ups follow. Every fourth deployment measured its baselines
 * again in mid-month. Written straight into the tables, without the events that nothing here reads.
 */
export async function makeLedger(
  url: string,
  items: number,
  tell: (line: string) => void,
): Promise<MadeLedger> {
  const stack = new AsyncDisposableStack()
  const db = await openLedger({ url, onError: (error) => tell(error.message) })
  stack.defer(() => db.destroy())
  const owner = asOwner(url)
  stack.defer(() => owner.destroy())
  await putSettings(db)
  await dropChecks(owner)
  for (let made = 0; made < items; made += BATCH) {
    await addItems(owner, made, Math.min(BATCH, items - made))
    tell(`${Math.min(made + BATCH, items).toLocaleString('en')} of ${items.toLocaleString('en')} items made`)
  }
  for (const [what, statement] of Object.entries(AFTERWARDS)) {
    const since = performance.now()
    await statement.execute(owner)
    tell(`${what}: ${((performance.now() - since) / 1000).toFixed(0)} s`)
  }
  return { db, owner, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

async function putSettings(db: LedgerDatabase): Promise<void> {
  for (let number = 0; number < HOSPITALS; number++) {
    const hospital = `h${String(number).padStart(2, '0')}`
    const norms = [{ validFrom: '2024-01-01', name: 'planning', hoursPerYear: 1440 }]
    await putHospital(db, { id: hospital, name: `Hospital ${number}`, norms })
    for (const [index, bot] of BOTS.entries()) {
      const again = (number * BOTS.length + index) % 4 === 0
      await putDeployment(db, {
        ...{
          id: `${hospital}-${index}`,
          hospital,
          bot,
          mode: 'live',
          settings: {},
          systems: {},
          responsible: 'u-1',
        },
        ...{ outsideSeconds: 45, parkedShare: 0.25, triggers: [] },
        baselines: VARIANTS.flatMap((variant, place) =>
          baselinesOf(variant, 3.5 + index + place + number / 7, again),
        ),
      })
    }
  }
}

/** One from the beginning, and for some another one from the middle of a month. */
function baselinesOf(variant: string, about: number, again: boolean): BaselineSetup[] {
  const minutes = Math.round(about * 1000) / 1000
  const measured = { variant, method: 'stopwatch' as const, n: 30, spreadMinutes: 2, measuredBy: 'u-1' }
  const first = { ...measured, measuredOn: '2024-12-01', validFrom: '2024-12-01', remeasureOn: '2025-12-01' }
  const second = { ...measured, measuredOn: '2026-01-05', validFrom: '2026-01-12', remeasureOn: '2027-01-12' }
  return [{ ...first, minutes }, ...(again ? [{ ...second, minutes: minutes - 0.25 }] : [])]
}

/** Ten million rows are added at once: what keeps single rows right would only slow that down. */
const dropChecks = (owner: LedgerDatabase) =>
  sql`ALTER TABLE credit DROP CONSTRAINT credit_item_fkey; DROP INDEX credit_of_day;
    ALTER TABLE credit DROP CONSTRAINT credit_pkey;
    ${sql.raw(
      ['item_once', 'item_of_case', 'item_newest', 'item_uncompared']
        .map((index) => `DROP INDEX IF EXISTS ${index};`)
        .join(' '),
    )}
    SET synchronous_commit = off`.execute(owner)

/** Item n belongs to deployment, day and variant by its number; 1 in 25 was parked and finished by a person. */
const addItems = (owner: LedgerDatabase, from: number, count: number) =>
  sql`
  WITH made AS (
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, outcome, variant, arrived_at, finished_at)
    SELECT 'h' || lpad((n % ${HOSPITALS})::text, 2, '0'),
      'h' || lpad((n % ${HOSPITALS})::text, 2, '0') || '-' || (n / ${HOSPITALS}) % ${BOTS.length}, n::text, n::text, '{}', n::text, 'done',
      CASE WHEN n % 25 = 0 THEN 'by-hand' ELSE 'done' END,
      CASE WHEN n % 3 = 0 THEN ${VARIANTS[0]} ELSE ${VARIANTS[1]} END, at, at
    FROM generate_series(${from}::bigint, ${from + count - 1}::bigint) n,
      LATERAL (SELECT '2025-01-01 08:00+01'::timestamptz + (((n / ${HOSPITALS * BOTS.length}) * 7919 + n % ${HOSPITALS * BOTS.length}) % ${DAYS}) * interval '1 day' + (n % 30000) * interval '1 second' AS at) moment
    RETURNING id, deployment, variant, outcome, finished_at
  ), parked AS (
    INSERT INTO event (item, at, kind, attempt, fence, code, detail)
    SELECT id, finished_at, 'parked', 1, 1, 'rule', '{"kind": "business", "humanSeconds": 45}'::jsonb FROM made WHERE outcome = 'by-hand'
  )
  INSERT INTO credit (item, deployment, variant, share, completed_on)
  SELECT id, deployment, variant, CASE outcome WHEN 'done' THEN 1 ELSE 0.25 END, (finished_at AT TIME ZONE 'Europe/Amsterdam')::date
  FROM made`.execute(owner)

const AFTERWARDS = {
  'indexes of the items': sql`CREATE UNIQUE INDEX item_once ON item (deployment, reference) WHERE state <> 'cancelled';
    CREATE INDEX item_of_case ON item (hospital, case_reference)`,
  'index on the credits': sql`CREATE INDEX credit_of_day ON credit (deployment, completed_on)`,
  'counts by day, and the roll-ups that follow from them': sql`
    INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares)
    SELECT deployment, completed_on, variant, CASE share WHEN 1 THEN 'done' ELSE 'by-hand' END, count(*), count(*), sum(share)
    FROM credit GROUP BY 1, 2, 3, 4`,
  'time of people by day': sql`
    INSERT INTO day_count (deployment, day, variant, outcome, items, human_seconds)
    SELECT i.deployment, (e.at AT TIME ZONE 'Europe/Amsterdam')::date, '', 'parked', count(*), sum((e.detail ->> 'humanSeconds')::int)
    FROM event e JOIN item i ON i.id = e.item GROUP BY 1, 2`,
  // All counts were added in one transaction: it leaves dead rows behind as days of single ones never do.
  'room that dead rows took': sql`VACUUM (FULL) roll_up`,
  'statistics of the tables': sql`VACUUM ANALYZE`,
}

/** Counts one more item as parked, at another deployment each time: its figures change, their hours do not. */
export async function parkOne({ owner }: MadeLedger, number: number): Promise<void> {
  const deployment = `h${String(number % HOSPITALS).padStart(2, '0')}-${number % BOTS.length}`
  await sql`INSERT INTO day_count (deployment, day, variant, outcome, items)
    VALUES (${deployment}, ${PERIOD.to}, '', 'parked', 1)
    ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE SET items = day_count.items + 1`.execute(
    owner,
  )
}
