import { z } from 'zod'
import { ACTIVITIES } from '../../bots/activity.ts'
import { FhirTriggerSettings } from './fhir-trigger-settings.ts'
import { messageConditions } from './message-conditions.ts'

const id = z.string().regex(/^[a-z0-9-]{1,80}$/, 'write small letters, digits and hyphens, at most 80')
const localDate = z.iso.date('write year, month and day, such as 2026-03-31')

/** Fires at times; `missed` says what happens to firings while nothing ran. */
const ScheduleTrigger = z.strictObject({
  kind: z.literal('schedule'),
  id,
  cron: z.string().min(1, 'write five fields such as "0 7 * * 1-5"').max(100),
  missed: z.enum(['all', 'last', 'none'], 'write all, last or none').default('last'),
  skipHolidays: z.boolean().default(false),
})

/** Fires for messages of these types of which all conditions hold. */
const MessageTrigger = z.strictObject({
  kind: z.literal('hl7'),
  id,
  messageTypes: z
    .array(z.string().regex(/^[A-Z0-9]{3}\^[A-Z0-9]{3}$/, 'write a message type such as ADT^A08'))
    .min(1, 'write at least one message type')
    .max(50),
  conditions: messageConditions.default([]),
})

/** Fires for resources that changed at the FHIR system that has a role for the bot. */
const ChangeTrigger = FhirTriggerSettings.extend({ kind: z.literal('fhir') })

export const PlannedTrigger = z.discriminatedUnion('kind', [ScheduleTrigger, MessageTrigger, ChangeTrigger], {
  error: 'write one of schedule, hl7 and fhir as its kind',
})
export type PlannedTrigger = z.output<typeof PlannedTrigger>

/** How long a variant takes by hand. Once there it is never edited: a new one begins later and ends it. */
export const PlannedBaseline = z
  .strictObject({
    variant: z.string().min(1, 'choose a variant of the robot'),
    minutes: z.number('write a number of minutes').positive('write more than 0 minutes').max(100_000),
    method: z.enum(['stopwatch', 'shadow', 'log', 'estimate'], 'write stopwatch, shadow, log or estimate'),
    n: z.int().positive('write how many cases were timed').optional(),
    spreadMinutes: z.number().min(0).optional(),
    measuredBy: z.string().min(1, 'write who measured').max(80),
    measuredOn: localDate,
    validFrom: localDate,
    /** The first day on which it is valid no more, when none follows it on that day. */
    validUntil: localDate.optional(),
    remeasureOn: localDate,
    /** Items that were counted before it was measured are priced with it. */
    backdated: z.boolean('write true or false').optional(),
    /** Items that were counted before it begins are left without one. */
    leavingGap: z.boolean('write true or false').optional(),
  })
  .refine(({ method, n }) => method === 'estimate' || n !== undefined, {
    path: ['n'],
    message: 'write how many cases were timed, or choose estimate as the method',
  })
  .refine(({ measuredOn, remeasureOn }) => remeasureOn > measuredOn, {
    path: ['remeasureOn'],
    message: 'choose a day after the measuring',
  })
  .refine(({ validFrom, validUntil }) => validUntil === undefined || validUntil > validFrom, {
    path: ['validUntil'],
    message: 'choose a day after the baseline begins',
  })
export type PlannedBaseline = z.output<typeof PlannedBaseline>

/** What a baseline that is there is: what was chosen when it was added is no part of it, and what was counted since may have backdated it. */
export function withoutChoices<Of extends Partial<PlannedBaseline>>({
  backdated: _backdated,
  leavingGap: _leavingGap,
  ...baseline
}: Of): Omit<Of, 'backdated' | 'leavingGap'> {
  return baseline
}

/** A share with more decimals than the ledger keeps would be another one than was written. */
export const ParkedShare = z
  .number()
  .min(0, 'write 0 to 1')
  .max(1, 'write 0 to 1')
  .refine((share) => Number(share.toFixed(4)) === share, 'write at most 4 decimals')

/** A deployment as an administrator describes it; its mode is not part of it. */
export const DeploymentPlan = z.strictObject({
  bot: z.string().min(1, 'choose a robot'),
  /** Of a robot of another make, which only reports its items; that of a robot of the catalogue is the robot's own. */
  activity: z.enum(ACTIVITIES, `write one of ${ACTIVITIES.join(', ')}`).optional(),
  settings: z.record(z.string(), z.json()).default({}),
  /** The system by the role it has for the bot. */
  systems: z.record(z.string(), z.string()).default({}),
  triggers: z.array(PlannedTrigger).max(20).default([]),
  baselines: z.array(PlannedBaseline).max(200).default([]),
  responsible: z.string('choose who is responsible').max(80).default(''),
  /** Counted against us for each parked item, for work that people do outside the product. */
  outsideSeconds: z.int().min(0, 'write 0 or more seconds').max(86_400).default(0),
  /** Credit for an item that the robot prepared and a person finished, 0 to 1. */
  parkedShare: ParkedShare.default(0),
})
export type DeploymentPlan = z.output<typeof DeploymentPlan>

/** The id of a deployment. */
export const DeploymentId = id
