import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import type { ChangedBy } from '../../../orchestrator/ledger/closing-days.ts'
import { listPeople } from '../../../orchestrator/ledger/hospital-people.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import type { PutToWork } from '../../../orchestrator/work/put-to-work.ts'
import type { RouteContext } from '../route.ts'

/** Who changes what at the hospital of the path. */
export function changedBy(hospital: string, { caller }: Pick<RouteContext, 'caller'>): ChangedBy {
  return { hospital, account: caller.account }
}

/** Today by the hospital's clock. */
export async function todayAt(hospital: string, { db }: Pick<RouteContext, 'db'>): Promise<string> {
  return localDate(new Date(), await timeZoneOf(hospital, { db }))
}

/** @throws business `not-found` */
export async function timeZoneOf(hospital: string, { db }: Pick<RouteContext, 'db'>): Promise<string> {
  const row = await db
    .selectFrom('hospital')
    .select('time_zone')
    .where('id', '=', hospital)
    .executeTakeFirst()
  if (row) return row.time_zone
  throw new Failure('business', 'not-found', `There is no hospital "${hospital}".`)
}

/** What judging and putting to work needs: the robots, today, and who has an account here. */
export async function putToWorkAt(
  hospital: string,
  context: Pick<RouteContext, 'db' | 'door'>,
): Promise<PutToWork> {
  const accounts = new Set((await responsibleAt(hospital, context)).map(({ account }) => account))
  return { bots, today: await todayAt(hospital, context), isAccount: (account) => accounts.has(account) }
}

/** Who can be responsible for a robot: administrators and IT of the hospital who can sign in, or soon. */
export async function responsibleAt(
  hospital: string,
  { door }: Pick<RouteContext, 'door'>,
): Promise<{ account: string; name: string }[]> {
  const people = await listPeople(door.db, hospital)
  return people
    .filter(({ state }) => state !== 'disabled')
    .filter(({ roles, everywhere }) => everywhere || roles.includes('administrator') || roles.includes('it'))
    .map(({ account, name }) => ({ account, name }))
}
