import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { ELEMENT_ROLES } from '../../../connectors/browser/web-system-settings.ts'
import { SYSTEM_KINDS } from '../../../orchestrator/ledger/system-kinds.ts'
import { Done, Hospital, Instant } from '../door/account-schemas.ts'
import { FormSchema } from './catalogue-schemas.ts'

export const SystemPath = Hospital.extend({ system: z.string().max(40) })
const Kind = z.enum(SYSTEM_KINDS)
const Part = z.enum(['sign-in', 'certificate-key', 'proxy'])

const Finding = z.object({ code: z.string(), right: z.boolean(), sentence: z.string() })

/** The newest try of a system; null when it was never tried. */
export const SystemCheck = z
  .object({
    askedBy: z.string(),
    askedAt: Instant,
    finishedAt: Instant.nullable(),
    findings: z.array(Finding).nullable(),
  })
  .nullable()

export const System = z.object({
  id: z.string(),
  kind: Kind,
  address: z.string(),
  seats: z.number(),
  seatsTaken: z.number(),
  settings: z.record(z.string(), z.json()),
  heldReason: z.string().nullable(),
  heldUntil: Instant.nullable(),
  failures: z.number(),
  openUntil: Instant.nullable(),
  deployments: z.array(z.string()),
  credentials: z.array(
    z.object({
      part: Part,
      entered: z.boolean(),
      enteredAt: Instant.nullable(),
      enteredBy: z.string().nullable(),
      renewOn: Day.nullable(),
    }),
  ),
  check: SystemCheck,
})

/** `GET /api/hospitals/:hospital/systems` */
export const Systems = z.object({ today: Day, systems: z.array(System) })

/** What a system can be. */
export const KINDS_OF_SYSTEMS = SYSTEM_KINDS

/** What an element of a page can be, where a hospital describes one. */
export const ROLES_OF_ELEMENTS = ELEMENT_ROLES

/** `GET /api/hospitals/:hospital/system-forms`: the form of the settings by kind. */
export const SystemForms = z.object({ web: FormSchema, fhir: FormSchema, hl7: FormSchema })

/** `PUT /api/hospitals/:hospital/systems/:system` */
export const SaveSystem = z.strictObject({
  kind: Kind,
  address: z.string(),
  seats: z.number(),
  settings: z.record(z.string(), z.json()),
})
/** Whether the credentials were thrown away, because the address leads to another host. */
export const SystemSaved = Done.extend({ credentialsRemoved: z.boolean() })

/** `PUT /api/hospitals/:hospital/systems/:system/hold` */
export const HoldSystem = z.strictObject({
  reason: z.string().trim().min(1, 'write why nothing may be done there').max(200),
  /** Until it is released when left out. */
  until: z.iso.datetime({ offset: true }).nullable(),
})
