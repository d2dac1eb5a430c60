import type { SystemKind } from '../../bots/bot.ts'

/** What a system can be. */
export const SYSTEM_KINDS = ['web', 'fhir', 'hl7'] as const satisfies readonly SystemKind[]
