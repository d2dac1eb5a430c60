/** What the EPD can register. */
export const SPECIALISMS = [
  'Cardiologie',
  'Dermatologie',
  'Interne geneeskunde',
  'KNO',
  'Longgeneeskunde',
  'Neurologie',
  'Oogheelkunde',
  'Orthopedie',
  'Reumatologie',
  'Urologie',
] as const

/** What a referrer may ask for that this hospital does not have. */
export const UNKNOWN_SPECIALISM = 'Tropengeneeskunde'

export const URGENCIES = ['Regulier', 'Spoed'] as const
