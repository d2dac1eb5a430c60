import bot from '../../bots/insurance-check/bot.ts'
import type { Evidence } from '../../connectors/browser/evidence.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { coverageTruth, type CoverageTruth } from '../practice-hospital/insurer/policies.ts'
import { INSURERS } from '../practice-hospital/insurers.ts'
import { patientId } from '../practice-hospital/fhir/patient-resource.ts'
import type { Patient } from '../practice-hospital/patients.ts'
import type { Effect } from '../practice-hospital/witness.ts'
import { botTools, runBot, type BotToolsOptions } from './bot-tools.ts'
import { openBotSystems, type BotSystems } from './open-bot-systems.ts'

export const SETTINGS = {
  insurers: INSURERS.map(({ uzovi }) => uzovi),
  appointmentSystem: 'urn:practice:appointment',
}
export const MARKER_SYSTEM = 'urn:ontregel:marker'

export interface Item {
  readonly appointment: string
  readonly patient: string
  readonly date: string
}

/** A practice hospital with appointments to check, and the bot's items for them. */
export interface InsuranceBench extends AsyncDisposable {
  readonly systems: BotSystems
  readonly items: readonly Item[]
  collect(settings?: object): Promise<Item[]>
  /** Runs the bot on one item with pages of its own, which are closed afterwards. */
  run(item: Item, options?: RunOptions): Promise<Ran>
  /** What the witness saw stored for an appointment. */
  effects(appointment: string): readonly Effect[]
  patientOf(item: Item): Patient
  /** An item of a patient of whom the insurers say this; tests that store something take one each, by `place`. */
  itemWith(truth: CoverageTruth, place?: number): Item
}

export type Ran = Awaited<ReturnType<typeof runBot>> & { readonly evidence: readonly Evidence[] }
export type RunOptions = Partial<BotToolsOptions> & { readonly fhir?: FhirSystem }

/** The marker that `run` gives an item. */
export const markerOf = ({ appointment }: Item) => `marker-${appointment}`

export async function openInsuranceBench(): Promise<InsuranceBench> {
  const systems = await openBotSystems({ appointments: 24 })
  const { hospital } = systems
  const items = await collectItems(systems)
  const patientOf = (item: Item) => {
    const found = hospital.patients.all().find(({ zis }) => patientId(hospital.random, zis) === item.patient)
    if (!found) throw new Error('There is no such patient.')
    return found
  }
  return {
    systems,
    items,
    collect: (settings) => collectItems(systems, settings),
    run: (item, options) => run(systems, item, options),
    effects: (appointment) =>
      hospital.witness.list().filter(({ kind, key }) => kind === 'coverage-stored' && key === appointment),
    patientOf,
    itemWith: (truth, place = 0) => {
      const item = items.filter((one) => coverageTruth(hospital, patientOf(one)) === truth)[place]
      if (!item) throw new Error(`There is no item ${place} that is ${truth}.`)
      return item
    },
    [Symbol.asyncDispose]: () => systems[Symbol.asyncDispose](),
  }
}

async function collectItems(systems: BotSystems, settings: object = {}): Promise<Item[]> {
  await using own = await systems.forItem()
  const { tools } = botTools({
    systems: { fhir: systems.fhir, portal: own.insurer },
    settings: { ...SETTINGS, ...settings },
    today: systems.hospital.firstDay,
  })
  const found: Item[] = []
  for await (const item of bot.collect?.(tools) ?? []) found.push(itemOf(item))
  return found
}

function itemOf(raw: unknown): Item {
  const item = bot.readItem(raw)
  if (typeof item === 'object' && item !== null && 'appointment' in item)
    return { appointment: String(item.appointment), patient: String(item.patient), date: String(item.date) }
  throw new Error('It gave something else than an item.')
}

async function run(
  systems: BotSystems,
  item: Item,
  { fhir = systems.fhir, ...options }: RunOptions = {},
): Promise<Ran> {
  await using own = await systems.forItem()
  const seen = await runBot(bot, item, {
    systems: { fhir, portal: own.insurer },
    settings: SETTINGS,
    today: systems.hospital.firstDay,
    marker: markerOf(item),
    beforePress: () => own.checkCalm(),
    ...options,
  })
  return { ...seen, evidence: own.evidence }
}
