import { z } from 'zod'
import { PlannedChannel } from '../ledger/channel-setup.ts'
import { DeploymentId, DeploymentPlan } from '../ledger/deployment-plan.ts'
import { PlannedSystem } from '../work/system-form.ts'

const localDate = z.iso.date('write year, month and day, such as 2026-03-31')
const words = z.string().min(1, 'write something here').max(200)

const Norm = z.strictObject({
  validFrom: localDate,
  name: words,
  hoursPerYear: z.number('write a number of hours').positive('write more than 0 hours'),
})

const ClosingDay = z.strictObject({ day: localDate, name: words })

const ConfiguredDeployment = z.strictObject({
  id: DeploymentId,
  mode: z.enum(['off', 'shadow', 'live'], 'write off, shadow or live'),
  ...DeploymentPlan.shape,
})

/** Deployments that split one baseline; their shares add up to 1. */
const Chain = z.strictObject({
  name: words,
  baselineDeployment: DeploymentId,
  baselineVariant: words,
  validFrom: localDate,
  validUntil: localDate.optional(),
  parts: z
    .array(z.strictObject({ deployment: DeploymentId, variant: words, share: z.number() }))
    .min(2, 'write two parts or more'),
})

/** Hours that people put into keeping a robot going. */
const Upkeep = z.strictObject({ deployment: DeploymentId, day: localDate, hours: z.number(), note: words })

const ConfiguredHospital = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'write small letters, digits and hyphens, at most 40'),
  name: words,
  /** Whether a second account must approve before a deployment goes live. */
  fourEyes: z.boolean().default(false),
  norms: z.array(Norm).default([]),
  closingDays: z.array(ClosingDay).default([]),
  systems: z.array(PlannedSystem).default([]),
  /** Where HL7 messages come in; the keys of their certificates are secrets. */
  channels: z.array(PlannedChannel).default([]),
  deployments: z.array(ConfiguredDeployment).default([]),
  chains: z.array(Chain).default([]),
  upkeep: z.array(Upkeep).default([]),
})
export type ConfiguredHospital = z.output<typeof ConfiguredHospital>

/**
 * What is set up at hospitals, as one file. Secrets are not in it. What a file leaves out stays as it is, but for the
 * triggers of a deployment: those are what the file says.
 */
export const ConfigFile = z.strictObject({
  ontregel: z.literal(1, 'write 1: the version of this format'),
  hospitals: z.array(ConfiguredHospital).min(1, 'write at least one hospital'),
})
export type ConfigFile = z.output<typeof ConfigFile>
