import { z } from 'zod'
import { SYSTEM_KINDS } from '../../../orchestrator/ledger/system-kinds.ts'
import { Hospital } from '../door/account-schemas.ts'

export const Text = z.object({ nl: z.string(), en: z.string() })

/** A form as data: JSON Schema draft 7. */
export const FormSchema = z.record(z.string(), z.json())

/** What a robot gave where it runs, over the last twelve months; null where fewer than five items were done, or the report withholds it. */
const Given = z.object({
  /** Done or prepared by the robot. */
  items: z.number(),
  netHours: z.number(),
})

/** A robot as one reads about it before it is put to work. */
export const CataloguedBot = z.object({
  name: z.string(),
  title: Text,
  purpose: Text,
  activity: z.string(),
  systems: z.array(z.object({ role: z.string(), kind: z.enum(SYSTEM_KINDS), title: Text, rights: Text })),
  acts: z.array(z.object({ name: z.string(), title: Text, verifiable: z.boolean() })),
  variants: z.array(z.object({ id: z.string(), title: Text })),
  /** What can start it. */
  starts: z.array(z.enum(['schedule', 'hl7', 'fhir'])),
  /** The deployments of it at this hospital. */
  deployments: z.array(z.object({ id: z.string(), mode: z.enum(['off', 'shadow', 'live']) })),
  givenHere: Given.nullable(),
  /** At other hospitals; those where it did fewer than five items are left out. */
  givenElsewhere: Given.extend({ hospitals: z.number() }).nullable(),
})

/** `GET /api/hospitals/:hospital/bots` */
export const Catalogue = z.array(CataloguedBot)

export const BotPath = Hospital.extend({ bot: z.string().max(80) })

/** `GET /api/hospitals/:hospital/bots/:bot/forms` */
export const BotForms = z.object({ settings: FormSchema, item: FormSchema })
