import type { z } from 'zod'
import type { WebSystem } from '../connectors/browser/session.ts'
import type { FhirSystem } from '../connectors/fhir/client.ts'
import type { Resource } from '../connectors/fhir/resource.ts'
import type { Hl7Message } from '../connectors/hl7/message.ts'
import type { Hl7System } from '../connectors/hl7/system.ts'
import { Failure } from '../connectors/failure.ts'
import { onlyDeclared, type DeclaredAct, type DeclaredSystem } from './declared.ts'
import type { PressGuard } from '../connectors/press-guard.ts'
import type { Activity } from './activity.ts'

/** The kinds of system a bot can be given, and what it then holds in its hands. */
export interface SystemKinds {
  web: WebSystem
  fhir: FhirSystem
  hl7: Hl7System
}
export type SystemKind = keyof SystemKinds
export type System = SystemKinds[SystemKind]
export type SystemNeeds = Record<string, SystemKind>
export type SystemsOf<Needs extends SystemNeeds> = {
  readonly [Role in keyof Needs]: SystemKinds[Needs[Role]]
}

/** A text an administrator reads, in the product's two languages. */
export interface Text {
  readonly nl: string
  readonly en: string
}

/** One thing found at the target by marker or natural key. `same` is false when its content differs from what we would press. */
export interface Hit {
  readonly reference: string
  readonly same: boolean
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/**
 * One change in a hospital system. The runner decides when each part runs and never runs `press` twice on its own.
 * With `find` the act is verifiable: the robot can look its own work up. `repeatable` says that pressing it again
 * is harmless (status = X). An act with neither is asked of a person after an interruption.
 */
export interface Act<Pressed = unknown> {
  /** Tells acts of the same name within one item apart, such as one per appointment. */
  readonly key?: string
  /** What would be pressed. Must follow from the item alone, so that a second look compares like with like. */
  readonly payload: Json
  readonly find?: () => Promise<readonly Hit[]>
  /** Opens, fills and reads back; may be repeated. Throws `unexpected` for a page or patient that is not the one meant. */
  readonly prepare?: () => Promise<void>
  /**
   * The one irreversible call or click: a single attempt, without any retry inside it. The bot's systems know the guard
   * themselves; what sends by other means asks it in the last moment before the bytes leave.
   */
  readonly press: (guard: PressGuard) => Promise<Pressed>
  /** Observes the result apart from the press and gives the target's own reference for it. */
  readonly confirm: (pressed: Pressed) => Promise<string>
  readonly repeatable?: boolean
  /** How a person takes it back at the target, where that is possible. */
  readonly undo?: Text
}

/** What reading may use: nothing here changes a hospital system. */
export interface ReadingTools<Settings, Needs extends SystemNeeds, Step extends string = string> {
  readonly systems: SystemsOf<Needs>
  readonly settings: Settings
  /** Runs a read that may be repeated, and writes down that it ran. */
  readonly step: <T>(name: Step, read: () => Promise<T>) => Promise<T>
  /** The hospital's local date, `2026-11-21`. */
  readonly today: string
  /** Aborts when the item is no longer ours or the worker stops. */
  readonly signal: AbortSignal
}

/** What doing an item may use. */
export interface ItemTools<
  Settings,
  Needs extends SystemNeeds,
  Step extends string = string,
> extends ReadingTools<Settings, Needs, Step> {
  /** Carries out one change under the protocol and gives the target's reference for it. */
  readonly act: <Pressed>(name: string, act: Act<Pressed>) => Promise<string>
  /**
   * Says of which patient the item turned out to be, by BSN or the hospital's own number, before more is read of them: the
   * access log then tells whose data the robot saw. Empty numbers are passed over.
   */
  readonly about: (...numbers: readonly string[]) => Promise<void>
  /** Hands an item to another bot of this hospital, queued in the transaction that finishes this one. */
  readonly next: (bot: string, item: Json) => void
  /** Unique to this item and the same at every attempt: put it where the target can be searched for it. */
  readonly marker: string
}

/** How a finished item counts: its variant decides the baseline. */
export interface Outcome<Variant extends string> {
  readonly variant: Variant
  /** True when there turned out to be no work: it ends as done and credits nothing. */
  readonly nothingToDo?: boolean
}

export interface BotDefinition<
  Settings extends z.ZodObject,
  Item extends z.ZodType<Json, Json>,
  Needs extends SystemNeeds,
  Variant extends string,
  Step extends string,
> {
  readonly name: string
  readonly title: Text
  readonly purpose: Text
  readonly activity: Activity
  readonly variants: Readonly<Record<Variant, Text>>
  readonly settings: Settings
  readonly systems: Needs
  /** What each system is to the bot; every bot of the catalogue says so. */
  readonly systemRoles?: Readonly<Record<keyof Needs, DeclaredSystem>>
  /** Every act it may carry out, by name: it cannot carry out another. Every bot of the catalogue says so. */
  readonly acts?: Readonly<Record<string, DeclaredAct>>
  /** What its steps are called: it has no other. Every bot of the catalogue says so. */
  readonly steps?: Readonly<Record<Step, Text>>
  readonly item: Item
  /** The business reference: the same case always gives the same one. */
  readonly reference: (item: z.output<Item>) => string
  /**
   * The case it belongs to, when several bots or items work on one: for one activity a case counts once in the savings. The
   * reference otherwise.
   */
  readonly caseReference?: (item: z.output<Item>) => string
  readonly collect?: (
    tools: ReadingTools<z.output<Settings>, Needs, NoInfer<Step>>,
  ) => AsyncIterable<z.input<Item>>
  /** Items a message asks for; none when it does not concern this bot. */
  readonly hl7?: (message: Hl7Message, settings: z.output<Settings>) => readonly z.input<Item>[]
  /** Items that a new or changed resource asks for; none when it does not concern this bot. */
  readonly fhir?: (resource: Resource, settings: z.output<Settings>) => readonly z.input<Item>[]
  readonly process: (
    item: z.output<Item>,
    tools: ItemTools<z.output<Settings>, Needs, NoInfer<Step>>,
  ) => Promise<Outcome<Variant>>
}

/** A bot as the catalogue and the runner hold it: its own types checked at its border instead of by the compiler. */
export interface Bot {
  readonly name: string
  readonly title: Text
  readonly purpose: Text
  readonly activity: Activity
  readonly variants: Readonly<Record<string, Text>>
  readonly settings: z.ZodObject
  readonly systems: SystemNeeds
  readonly systemRoles: Readonly<Record<string, DeclaredSystem>> | undefined
  readonly acts: Readonly<Record<string, DeclaredAct>> | undefined
  readonly steps: Readonly<Record<string, Text>> | undefined
  /** What an item is, for a form in which a person corrects one. */
  readonly item: z.ZodType<Json, Json>
  /** The item, or a business failure that names the first wrong field. */
  readonly readItem: (raw: unknown) => Json
  readonly reference: (item: Json) => string
  readonly caseReference: (item: Json) => string
  readonly collect: ((tools: ReadingTools<unknown, SystemNeeds>) => AsyncIterable<Json>) | undefined
  readonly hl7: ((message: Hl7Message, settings: unknown) => readonly Json[]) | undefined
  readonly fhir: ((resource: Resource, settings: unknown) => readonly Json[]) | undefined
  readonly process: (item: Json, tools: ItemTools<unknown, SystemNeeds>) => Promise<Outcome<string>>
}

/** Makes a bot out of its definition. Nothing runs: what it may touch is handed to it later. */
export function defineBot<
  Settings extends z.ZodObject,
  Item extends z.ZodType<Json, Json>,
  const Needs extends SystemNeeds,
  Variant extends string,
  Step extends string,
>(definition: BotDefinition<Settings, Item, Needs, Variant, Step>): Bot {
  const { name, collect, hl7, fhir, caseReference, reference } = definition
  const readItem = (raw: unknown) => readAs(definition.item, raw, `item of ${name}`)
  const readSettings = (raw: unknown) => readAs(definition.settings, raw, `settings of ${name}`)
  const typed = <Tools extends ReadingTools<unknown, SystemNeeds>>(tools: Tools) => ({
    ...tools,
    settings: readSettings(tools.settings),
    systems: systemsFor(definition.systems, tools.systems, name),
  })
  return {
    name,
    title: definition.title,
    purpose: definition.purpose,
    activity: definition.activity,
    variants: definition.variants,
    settings: definition.settings,
    systems: definition.systems,
    systemRoles: definition.systemRoles,
    acts: definition.acts,
    steps: definition.steps,
    item: definition.item,
    readItem,
    reference: (item) => reference(readItem(item)),
    caseReference: (item) => (caseReference ?? reference)(readItem(item)),
    collect: collect && ((tools) => collect(typed(tools))),
    hl7: hl7 && ((message, settings) => hl7(message, readSettings(settings))),
    fhir: fhir && ((resource, settings) => fhir(resource, readSettings(settings))),
    process: (item, tools) => {
      const act = onlyDeclared(name, definition.acts, tools.act)
      return definition.process(readItem(item), typed({ ...tools, act }))
    },
  }
}

function readAs<Schema extends z.ZodType>(schema: Schema, raw: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.join('.') || 'the whole'
  throw new Failure('business', 'field-invalid', `Field ${field} in the ${what}: ${issue?.message}.`)
}

function systemsFor<Needs extends SystemNeeds>(
  needs: Needs,
  given: Readonly<Record<string, System>>,
  bot: string,
): SystemsOf<Needs> {
  for (const [role, kind] of Object.entries(needs)) {
    if (given[role]?.kind === kind) continue
    throw new Failure(
      'business',
      'system-missing',
      `Bot ${bot} needs a ${kind} system as "${role}": choose one in its deployment.`,
    )
  }
  // Every role was just compared with its kind; the compiler cannot follow that through a loop.
  return given as SystemsOf<Needs>
}
