import { sql } from 'kysely'
import { MeasurementMade } from '../../../../dashboards/server/savings/measure-schemas.ts'
import { CaseStarted, CaseStopped } from '../../../../dashboards/server/savings/timing-schemas.ts'
import type { TestHospital, TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'

/** A measurement that the administrator of a hospital begins. Gives its id. */
export async function begunAt(server: TestServer, hospital: TestHospital): Promise<string> {
  const administrator = await server.as('administrator', hospital)
  const wanted = {
    ...{ deployment: `${hospital}-counted`, variant: 'new-patient', method: 'stopwatch' },
    ...{ instruction: 'Van openen tot opslaan.', askAboveMinutes: 5 },
  }
  const path = `/api/hospitals/${hospital}/measurements`
  return (await administrator.ask(MeasurementMade, path, { method: 'POST', body: wanted })).id
}

/** A case of so many seconds by the ledger's clock, timed by somebody. Gives what the server answers. */
export async function timedBy(
  server: TestServer,
  client: TestClient,
  hospital: TestHospital,
  measurement: string,
  seconds = 60,
) {
  const api = `/api/hospitals/${hospital}`
  const nothing = { method: 'POST', body: {} } as const
  const { id } = await client.ask(CaseStarted, `${api}/measurements/${measurement}/start`, nothing)
  await sql`UPDATE running_case SET started_at = started_at - ${seconds} * interval '1 second' WHERE id = ${id}`.execute(
    server.installation.db,
  )
  return await client.ask(CaseStopped, `${api}/timing/${id}/stop`, nothing)
}
