import { z } from 'zod'
import { scrubBsn } from '../../connectors/identity.ts'

/** Search parameters that a trigger may have; none of them is about a person. */
export const FHIR_PARAMETERS = [
  'status',
  'category',
  'type',
  'code',
  'intent',
  'class',
  'priority',
  'appointment-type',
  'service-category',
  'service-type',
  'specialty',
  '_tag',
  '_profile',
] as const

const Value = z
  .string()
  .regex(/^[A-Za-z0-9._:/|,-]{1,200}$/, 'must be codes, with a comma between them')
  .refine((text) => scrubBsn(text) === text, 'must hold no citizen service number')

/** What an administrator fills in: which resources are work, and how often the server is asked for changed ones. */
export const FhirTriggerSettings = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be small letters, digits and hyphens'),
  /** The role that the FHIR system has for the bot. */
  role: z.string().min(1),
  resourceType: z
    .string()
    .regex(/^[A-Z][A-Za-z]{1,63}$/, 'must be a FHIR resource type, such as Appointment'),
  parameters: z.partialRecord(z.enum(FHIR_PARAMETERS), Value).default({}),
  /** Resources changed before this moment (of the server's clock) are no work; left out, all that match are. */
  since: z.iso.datetime({ offset: true }).optional(),
  everySeconds: z.number().int().positive().max(86_400).default(60),
  /** How far the server's clocks may differ and its commits lag: what turns up this much too old is still found. */
  overlapSeconds: z.number().int().min(0).max(86_400).default(120),
  /** Off for a server that cannot sort on `_lastUpdated`. */
  sorted: z.boolean().default(true),
  /** Whether the server is asked to notify us of changes, so that they are work at once. */
  notified: z.boolean().default(false),
})
export type FhirTriggerSetup = z.input<typeof FhirTriggerSettings>
