import { sql, type RawBuilder } from 'kysely'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { newFigureMemory, type FigureMemory } from '../../orchestrator/savings/read-figures.ts'
import { readSavings } from '../../orchestrator/savings/report.ts'
import { median, type Contender, type Contest, type Measured } from './contest.ts'
import { startOwnDatabase } from './own-database.ts'
import { finishingContest } from './savings-finishing.ts'
import { makeLedger, parkOne, PERIOD, type MadeLedger } from './savings-ledger.ts'
import type { Subject, SubjectOptions } from './speed.ts'

const SCAN = 'index scan of the credits'
const DAYS = 'day roll-up in SQL'
const MONTHS = 'month roll-up in SQL'
const OURS = 'ontregel: the whole report'
const AGAIN = 'ontregel: the same asked again, after an item was parked'

/** Net seconds by hospital, as each way gives them. */
type NetSeconds = ReadonlyMap<string, number>

const ITEMS = 10_000_000

const { from, to } = PERIOD

const VALID = (day: string) => sql`JOIN baseline b ON b.deployment = c.deployment AND b.variant = c.variant
  AND b.valid_from <= ${sql.raw(day)} AND (b.valid_until IS NULL OR b.valid_until > ${sql.raw(day)})`

const net = (gross: RawBuilder<unknown>, human: RawBuilder<unknown>) => sql<{
  hospital: string
  seconds: string
}>`
  SELECT d.hospital, (coalesce(sum(g.gross), 0) - coalesce(sum(h.human), 0))::text AS seconds FROM deployment d
  LEFT JOIN (${gross}) g ON g.deployment = d.id LEFT JOIN (${human}) h ON h.deployment = d.id GROUP BY d.hospital`

const QUERIES = {
  [SCAN]: net(
    sql`SELECT c.deployment, sum(c.share * b.minutes * 60) AS gross FROM credit c ${VALID('c.completed_on')}
      WHERE c.completed_on BETWEEN ${from} AND ${to} GROUP BY 1`,
    sql`SELECT i.deployment, sum((e.detail ->> 'humanSeconds')::int) AS human FROM event e JOIN item i ON i.id = e.item
      WHERE e.at >= ${from}::timestamp AT TIME ZONE 'Europe/Amsterdam'
        AND e.at < (${to}::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' GROUP BY 1`,
  ),
  [DAYS]: net(
    sql`SELECT c.deployment, sum(c.shares * b.minutes * 60) AS gross FROM day_count c ${VALID('c.day')}
      WHERE c.day BETWEEN ${from} AND ${to} GROUP BY 1`,
    sql`SELECT deployment, sum(human_seconds) AS human FROM day_count WHERE day BETWEEN ${from} AND ${to} GROUP BY 1`,
  ),
  [MONTHS]: net(
    sql`SELECT c.deployment, sum(c.shares * b.minutes * 60) AS gross FROM roll_up c ${VALID('c.begins')}
      WHERE c.span = 'month' AND c.begins BETWEEN ${from} AND ${to} GROUP BY 1`,
    sql`SELECT deployment, sum(human_seconds) AS human FROM roll_up WHERE span = 'month' AND begins BETWEEN ${from} AND ${to} GROUP BY 1`,
  ),
}

/**
 * Net hours of 40 hospitals over 24 months, from the credits of every item, from counts by day, by month, and as the
 * product reports them: with FTE, intervals and all, to who asks first and to who asks again. The figures must be equal
 * to the second.
 */
export async function openSavingsContests({
  seconds,
  items = ITEMS,
  tell,
}: SubjectOptions): Promise<Subject> {
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await startOwnDatabase())
  const ledger = stack.use(await makeLedger(url, items, tell))
  const truth = await netSeconds({ ledger, memory: newFigureMemory() }, SCAN)
  const asking: Asking = { ledger, memory: newFigureMemory() }
  const contenders = [SCAN, DAYS, MONTHS, OURS, AGAIN].map((name): Contender => ({
    name,
    measure: () => repeat(seconds, name, truth, asking),
  }))
  const contest: Contest = {
    title: `savings of 40 hospitals over 24 months, ${items.toLocaleString('en')} items`,
    contenders,
    targets: [
      {
        ...{ of: OURS, than: SCAN, times: 2500 },
        whenShort:
          'who asks first waits for settings and counts of 120 deployments, however many items there are; who asks again, for those that changed',
      },
      {
        of: AGAIN,
        than: SCAN,
        times: 2500,
        whenShort:
          'each time PostgreSQL is asked once what was written since, and the deployment that changed is worked out again',
      },
    ],
  }
  const finishing = finishingContest(ledger)
  return { contests: [contest, finishing], [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

interface Asking {
  readonly ledger: MadeLedger
  /** That of a server which was asked before. */
  readonly memory: FigureMemory
}

async function netSeconds({ ledger: { db, owner }, memory }: Asking, name: string): Promise<NetSeconds> {
  if (name === OURS) return await reported(db)
  if (name === AGAIN) return await reported(db, memory)
  const query = Object.entries(QUERIES).find(([key]) => key === name)?.[1]
  if (!query) throw new Error(`There is no query for ${name}.`)
  const { rows } = await query.execute(owner)
  return new Map(rows.map(({ hospital, seconds }) => [hospital, Number(seconds)]))
}

async function reported(db: LedgerDatabase, memory?: FigureMemory): Promise<NetSeconds> {
  const { hospitals } = await readSavings(db, PERIOD, memory)
  return new Map(hospitals.map(({ id, netHours }) => [id, netHours * 3600]))
}

/** Asks for as long as was given, once at least; the middle time counts. @throws Error when ours is not the truth */
async function repeat(seconds: number, name: string, truth: NetSeconds, asking: Asking): Promise<Measured> {
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  let found: NetSeconds = new Map()
  if (name === AGAIN) await netSeconds(asking, name)
  do {
    if (name === AGAIN) await parkOne(asking.ledger, times.length)
    const since = performance.now()
    found = await netSeconds(asking, name)
    times.push(performance.now() - since)
  } while (performance.now() < end)
  const off = [...truth].map(([hospital, seconds_]) =>
    Math.abs((found.get(hospital) ?? Number.NaN) - seconds_),
  )
  const most = Math.max(...off)
  if ((name === OURS || name === AGAIN) && !(most < 0.5))
    throw new Error(`The report is ${most} seconds off what the credits add up to.`)
  const equal =
    most < 0.5
      ? 'equal to the second'
      : `up to ${Math.round(most)} seconds off: baselines change within a month`
  return { perSecond: 1000 / median(times), remark: `${median(times).toPrecision(3)} ms; ${equal}` }
}
