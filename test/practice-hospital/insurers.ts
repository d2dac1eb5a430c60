/** Health insurers of the practice world; the codes are four digits as in the UZOVI register. */
export const INSURERS: readonly { readonly uzovi: string; readonly name: string }[] = [
  { uzovi: '0104', name: 'Duinzorg' },
  { uzovi: '0211', name: 'Polderhart' },
  { uzovi: '3317', name: 'Lage Landen Zorg' },
  { uzovi: '7029', name: 'Waterkant Verzekerd' },
  { uzovi: '8965', name: 'Heideroos Zorgverzekeraar' },
]

/** A code that no hospital in the practice world has in its tables. */
export const UNKNOWN_UZOVI = '9664'
