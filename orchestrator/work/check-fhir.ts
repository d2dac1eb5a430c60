import { sql } from 'kysely'
import type { Bot } from '../../bots/bot.ts'
import { asFailure } from '../../connectors/failure.ts'
import { checkServer } from '../../connectors/fhir/check-server.ts'
import type { SystemRow } from '../ledger/tables.ts'
import { openFhir } from './opening-fhir.ts'
import type { SystemOpening } from './shared-endpoints.ts'

/** One thing about a FHIR system or a trigger that asks it for changes; right when nothing needs doing. */
export interface FhirFinding {
  readonly hospital: string
  readonly system: string
  readonly right: boolean
  readonly sentence: string
}

interface Asked {
  readonly hospital: string
  readonly trigger: string
  readonly bot: string
  readonly role: string
  readonly resource_type: string
  /** The system that has the role; null when none has. */
  readonly system: string | null
  readonly kind: string | null
}

/**
 * Asks every FHIR system of the ledger what it is, with its own sign-in, and looks whether each trigger that asks for
 * changes can be answered. Nothing is written there. Never throws for what it finds.
 */
export async function checkFhirSystems(
  options: SystemOpening & { readonly bots: ReadonlyMap<string, Bot> },
): Promise<readonly FhirFinding[]> {
  const { db, bots } = options
  const systems = await db
    .selectFrom('system')
    .selectAll()
    .where('kind', '=', 'fhir')
    .orderBy('hospital')
    .orderBy('id')
    .execute()
  const { rows: asked } = await sql<Asked>`
    SELECT d.hospital, p.trigger, d.bot, p.role, p.resource_type, s.id AS system, s.kind
    FROM fhir_poll p JOIN trigger t ON t.id = p.trigger JOIN deployment d ON d.id = t.deployment
    LEFT JOIN deployment_system ds ON ds.deployment = d.id AND ds.role = p.role
    LEFT JOIN system s ON s.hospital = ds.hospital AND s.id = ds.system
    WHERE d.mode <> 'off' ORDER BY p.trigger`.execute(db)
  const found = await Promise.all(systems.map((row) => checkSystem(options, row, asked)))
  return [...asked.flatMap((one) => triggerFindings(bots, one)), ...found.flat()]
}

async function checkSystem(
  options: SystemOpening,
  row: SystemRow,
  asked: readonly Asked[],
): Promise<FhirFinding[]> {
  const { hospital, id: system } = row
  const types = asked.filter((one) => one.hospital === hospital && one.system === system)
  try {
    const endpoint = await openFhir(options, row)
    const [first] = types
    const needs = first ? { postSearch: first.resource_type } : {}
    const findings = await checkServer(endpoint, needs).finally(() => endpoint.close())
    return findings.map(({ right, sentence }) => ({ hospital, system, right, sentence }))
  } catch (error) {
    return [{ hospital, system, right: false, sentence: asFailure(error).message }]
  }
}

function triggerFindings(bots: ReadonlyMap<string, Bot>, asked: Asked): FhirFinding[] {
  const { hospital, trigger, bot, role, system } = asked
  const wrong = (sentence: string) => [{ hospital, system: system ?? role, right: false, sentence }]
  if (asked.kind !== 'fhir')
    return wrong(
      `Trigger ${trigger} asks the system "${role}" for changes, but its deployment has no FHIR system as that: choose one.`,
    )
  if (bots.get(bot)?.fhir) return []
  return wrong(
    `Trigger ${trigger} asks for changes, but robot ${bot} does not read FHIR resources: give its deployment a schedule instead.`,
  )
}
