import type { z } from 'zod'
import type { Baselines } from '../../server/savings/measure-schemas.ts'

/** What the API tells, by the names that this room has for it. */
export type BaselinesFound = z.output<typeof Baselines>
export type MeasuredDeployment = BaselinesFound['deployments'][number]
