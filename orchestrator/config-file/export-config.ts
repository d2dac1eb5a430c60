import { stringify } from 'yaml'
import { Failure } from '../../connectors/failure.ts'
import { readPlannedChannels } from '../ledger/channel-records.ts'
import { readClosingDays } from '../ledger/closing-days.ts'
import { readPlan } from '../ledger/read-plan.ts'
import { readSystems } from '../ledger/system-records.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { readChains } from '../savings/chains.ts'
import { readNorms } from '../savings/norms.ts'
import type { ConfigFile, ConfiguredHospital } from './config-schema.ts'

/**
 * What is set up at one hospital, or at all, without any secret.
 * @throws business when there is no such hospital
 */
export async function exportConfig(db: LedgerDatabase, hospital: string | undefined): Promise<ConfigFile> {
  const rows = await db
    .selectFrom('hospital')
    .select(['id', 'name', 'four_eyes'])
    .$if(hospital !== undefined, (query) => query.where('id', '=', hospital ?? ''))
    .orderBy('id')
    .execute()
  if (rows.length === 0) {
    const sentence =
      hospital === undefined
        ? 'There is no hospital yet: there is nothing to export.'
        : `There is no hospital "${hospital}": give the id of one that is set up.`
    throw new Failure('business', 'not-found', sentence)
  }
  const hospitals: ConfiguredHospital[] = []
  for (const { id, name, four_eyes: fourEyes } of rows)
    hospitals.push({ ...(await partsOf(db, id)), id, name, fourEyes })
  return { ontregel: 1, hospitals }
}

type Parts = Omit<ConfiguredHospital, 'id' | 'name' | 'fourEyes'>

async function partsOf(db: LedgerDatabase, hospital: string): Promise<Parts> {
  const norms = await readNorms(db, hospital)
  const systems = await readSystems(db, hospital)
  return {
    norms: norms.map(({ validFrom, name, hoursPerYear }) => ({ validFrom, name, hoursPerYear })).toReversed(),
    closingDays: await readClosingDays(db, hospital),
    systems: systems.map(({ id, kind, address, seats, settings }) => ({
      ...{ id, kind, address, seats },
      settings: asSettings(settings),
    })),
    channels: await readPlannedChannels(db, hospital),
    deployments: await deploymentsOf(db, hospital),
    chains: await chainsOf(db, hospital),
    upkeep: await upkeepOf(db, hospital),
  }
}

/** What the column gives is JSON, and an object by the schema it was read with. */
const asSettings = (settings: unknown) => Object(settings) as Parts['systems'][number]['settings']

async function deploymentsOf(db: LedgerDatabase, hospital: string): Promise<Parts['deployments']> {
  const rows = await db
    .selectFrom('deployment')
    .select('id')
    .where('hospital', '=', hospital)
    .orderBy('id')
    .execute()
  const found = []
  for (const { id } of rows) {
    const deployment = await readPlan(db, hospital, id)
    if (deployment) found.push({ id, mode: deployment.mode, ...deployment.plan })
  }
  return found
}

/** The chains of a hospital, in the order in which they were made. */
export async function chainsOf(db: LedgerDatabase, hospital: string): Promise<Parts['chains']> {
  const chains = await readChains(db, hospital)
  return chains.toReversed().map(({ id: _id, hospital: _hospital, validUntil, parts, ...chain }) => ({
    ...chain,
    ...(validUntil === null ? {} : { validUntil }),
    parts: parts.map((part) => ({ ...part })),
  }))
}

/** Hours that were booked, by day; those that were withdrawn only where they are asked for. */
export async function upkeepOf(
  db: LedgerDatabase,
  hospital: string,
  which: 'standing' | 'withdrawn-too' = 'standing',
): Promise<Parts['upkeep']> {
  const rows = await db
    .selectFrom('upkeep')
    .innerJoin('deployment', 'deployment.id', 'upkeep.deployment')
    .select(['upkeep.deployment', 'upkeep.day', 'upkeep.hours', 'upkeep.note'])
    .where('deployment.hospital', '=', hospital)
    .$if(which === 'standing', (query) => query.where('upkeep.withdrawn_at', 'is', null))
    .orderBy('upkeep.day')
    .orderBy('upkeep.id')
    .execute()
  // Hours that were booked before notes were asked for have none.
  return rows.map(({ hours, note, ...row }) => ({
    ...row,
    hours: Number(hours),
    note: note === '' ? '-' : note,
  }))
}

/** What stands at the head of the file: every part that it can have, and what is never in it. */
const HEAD = `# Ontregel: norms of one FTE, closing days, systems, HL7 channels, deployments with their triggers and baselines,
# chains that split a baseline, and hours of upkeep. Applying it ends baselines and chains that have a last day here.
# Not in it: secrets, measurements and their timings, business cases, costs and rates, backlogs, signed hours, items.
`

/** The file's text. Read back it gives the same. */
export function configText(config: ConfigFile): string {
  return HEAD + stringify(config, { lineWidth: 110, aliasDuplicateObjects: false })
}
