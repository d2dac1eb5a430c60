import { z } from 'zod'
import { PHASES } from '../../../orchestrator/ledger/programme-tables.ts'
import { Day } from '../day-schema.ts'
import { Hospital } from '../door/account-schemas.ts'

export const Bot = z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be the name of a robot')
export const Phase = z.enum(PHASES)
export type PhaseName = z.output<typeof Phase>
const Text = z.object({ nl: z.string(), en: z.string() })

/** `GET /api/programme/adoption`: every bot of the catalogue and every other that somebody wrote a phase of down. */
export const AdoptionMatrix = z.object({
  hospitals: z.array(z.object({ id: z.string(), name: z.string() })),
  bots: z.array(z.object({ name: z.string(), title: Text.nullable() })),
  adoption: z.array(
    z.object({
      hospital: z.string(),
      bot: z.string(),
      phases: z.array(z.object({ phase: Phase, since: z.string() })).readonly(),
      deployed: z.enum(['off', 'shadow', 'live']).nullable(),
      firstCreditedOn: z.string().nullable(),
    }),
  ),
})

export const PhasePath = Hospital.extend({ bot: Bot, since: Day })
/** `PUT /api/hospitals/:hospital/adoption/:bot/:since` */
export const NewPhase = z.object({ phase: Phase })

/** `GET /api/programme/rounds` */
export const Rounds = z.array(
  z.object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    planned: z.array(z.object({ hospital: z.string(), bot: z.string() })).readonly(),
    live: z.array(z.object({ hospital: z.string(), bot: z.string(), since: z.string() })).readonly(),
  }),
)

export const RoundPath = Hospital.extend({
  bot: Bot,
  round: z.string().regex(/^\d{4}-[12]$/, 'must be a half year such as 2027-1'),
})
/** `PUT /api/hospitals/:hospital/rounds/:round/:bot` */
export const Planned = z.object({ planned: z.boolean() })
