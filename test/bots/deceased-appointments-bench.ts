import bot from '../../bots/deceased-appointments/bot.ts'
import type { Json } from '../../bots/bot.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import { plannedDeaths, type PlannedDeath } from '../practice-hospital/fhir/deaths.ts'
import { createHl7Feed } from '../practice-hospital/hl7/feed.ts'
import type { Effect } from '../practice-hospital/witness.ts'
import { runBot, type BotToolsOptions } from './bot-tools.ts'
import { openBotSystems, type BotSystems } from './open-bot-systems.ts'

export const SETTINGS = { patientNumberAuthority: 'ZIS', patientNumberSystem: 'urn:practice:zis' }
export const MARKER_SYSTEM = 'urn:ontregel:marker'

export type RunOptions = Partial<BotToolsOptions> & { readonly fhir?: FhirSystem }

/** A practice hospital whose feed has reported its planned deaths, and what the bot makes of the messages. */
export interface DeathsBench extends AsyncDisposable {
  readonly systems: BotSystems
  readonly deaths: readonly PlannedDeath[]
  /** The items that the bot makes of every message of the feed, in the order of sending. */
  readonly items: readonly Json[]
  /** The planned death of a kind; tests that cancel something take one each, by `place`. */
  death(kind: PlannedDeath['kind'], place?: number): PlannedDeath
  itemOf(death: PlannedDeath): Json
  run(item: Json, options?: RunOptions): ReturnType<typeof runBot>
  /** The hospital changes an appointment behind the robot's back. */
  change(id: string, path: string, value: string): Promise<void>
  /** What the witness saw cancelled of these appointments. */
  effects(death: PlannedDeath): readonly Effect[]
}

export async function openDeathsBench(): Promise<DeathsBench> {
  const systems = await openBotSystems({ deaths: 16 })
  const { hospital } = systems
  const feed = createHl7Feed(hospital)
  feed.sendPlanned()
  const items = feed.sent().flatMap(({ bytes }) => read(Buffer.from(bytes, 'base64')))
  feed.close()
  const deaths = plannedDeaths(hospital)
  return {
    systems,
    deaths,
    items,
    death: (kind, place = 0) => {
      const death = deaths.filter((one) => one.kind === kind)[place]
      if (!death) throw new Error(`There is no death ${place} that is ${kind}.`)
      return death
    },
    itemOf: ({ zis }) => {
      const item = items.find((one) => bot.reference(one).startsWith(`${zis}-`))
      if (item === undefined) throw new Error('The bot made no item of this death.')
      return item
    },
    run: (item, { fhir = systems.fhir, ...options } = {}) =>
      runBot(bot, item, {
        systems: { fhir },
        settings: SETTINGS,
        today: hospital.firstDay,
        marker: `marker-${bot.reference(item)}`,
        ...options,
      }),
    change: async (id, path, value) =>
      void (await systems.fhir.patch('Appointment', id, [{ op: 'replace', path, value }])),
    effects: ({ appointments }) =>
      hospital.witness
        .list()
        .filter(({ kind, key }) => kind === 'appointment-cancelled' && appointments.includes(key)),
    [Symbol.asyncDispose]: () => systems[Symbol.asyncDispose](),
  }
}

/** The items that the bot makes of the bytes of a message. */
export function read(message: Buffer | string, settings: object = SETTINGS): readonly Json[] {
  const bytes = typeof message === 'string' ? Buffer.from(message, 'latin1') : message
  return bot.hl7?.(readMessage(bytes), settings) ?? []
}
