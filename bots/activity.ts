/** The taxonomy by which time use and savings are read. */
export const ACTIVITIES = [
  'diagnostics',
  'outpatient',
  'reporting',
  'logistics',
  'medication',
  'planning',
  'finance',
  'personnel',
] as const
export type Activity = (typeof ACTIVITIES)[number]
