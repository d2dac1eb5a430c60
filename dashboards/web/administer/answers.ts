import type { z } from 'zod'
import type { BotForms, Catalogue } from '../../server/administer/catalogue-schemas.ts'
import type { Changes } from '../../server/administer/change-schemas.ts'
import type { DeploymentDetails } from '../../server/administer/deployment-schemas.ts'
import type { FoundDraft } from '../../server/administer/draft-schemas.ts'
import type { Systems } from '../../server/administer/system-schemas.ts'

/** What the API tells about what is administered here, by the names that this room has for it. */
export type Deployment = z.output<typeof DeploymentDetails>
export type Plan = Deployment['plan']
export type Baseline = Plan['baselines'][number]
export type Trigger = Plan['triggers'][number]
export type ScheduleTrigger = Extract<Trigger, { readonly kind: 'schedule' }>
export type ChangeTrigger = Extract<Trigger, { readonly kind: 'fhir' }>
export type MessageTrigger = Extract<Trigger, { readonly kind: 'hl7' }>
export type Condition = MessageTrigger['conditions'][number]
export type Draft = NonNullable<z.output<typeof FoundDraft>>
export type Forms = z.output<typeof BotForms>
export type CataloguedBot = z.output<typeof Catalogue>[number]
export type System = z.output<typeof Systems>['systems'][number]
export type SystemDraft = Pick<System, 'id' | 'kind' | 'address' | 'seats' | 'settings'>
export type ChangeRow = z.output<typeof Changes>['rows'][number]
