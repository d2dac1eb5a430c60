import { asFailure } from '../../connectors/failure.ts'
import { NO_PRESS } from '../../connectors/press-guard.ts'
import type { SystemRow } from '../ledger/tables.ts'
import { openHl7 } from './opening-hl7.ts'
import type { SystemOpening } from './shared-endpoints.ts'

/** Whether a system takes connections; right when nothing needs doing. */
export interface Hl7Finding {
  readonly hospital: string
  readonly right: boolean
  readonly sentence: string
}

/** What is said of a system that takes connections. */
export const takesConnections = (system: string): string =>
  `System ${system} takes connections. Nothing was sent: only a message shows whether it takes those too.`

/** Connects to every system of the ledger that takes HL7 messages; nothing is sent. Never throws for what it finds. */
export async function checkHl7Systems(options: SystemOpening): Promise<readonly Hl7Finding[]> {
  const systems = await options.db
    .selectFrom('system')
    .selectAll()
    .where('kind', '=', 'hl7')
    .orderBy('hospital')
    .orderBy('id')
    .execute()
  return await Promise.all(systems.map((row) => checkSystem(options, row)))
}

async function checkSystem(options: SystemOpening, row: SystemRow): Promise<Hl7Finding> {
  const { hospital, id } = row
  try {
    const endpoint = await openHl7(options, row)
    const { system } = endpoint.hold({ guard: NO_PRESS, arrivedAt: new Date() })
    await system.reach().finally(() => endpoint.close())
    return { hospital, right: true, sentence: takesConnections(id) }
  } catch (error) {
    return { hospital, right: false, sentence: asFailure(error).message }
  }
}
