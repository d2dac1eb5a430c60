/**
 * What alarms are about. Pages tell an alarm by the words for its kind (dashboards/web/shared/failure-texts-work.ts), with
 * its own sentence beside them.
 */
export const ALARM_KINDS = [
  'access-log-changed',
  'channel-shut',
  'circuit-open',
  'deployment-stopped',
  'fhir-poll',
  'fhir-subscription',
  'late',
  'message-aside',
  'message-differs',
  'messages-overdue',
  'realised-over-net',
  'recount-differs',
  'recount-overdue',
  'target-differs',
] as const

export type AlarmKind = (typeof ALARM_KINDS)[number]
