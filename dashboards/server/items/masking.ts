/** So much of a reference is left to see: enough to tell it from the one below it, too little to know whose it is. */
const SHOWN = 4

/**
 * A business reference as lists show it. It may be made of a patient's number, so only its end is shown; the whole one
 * is on the item's own page, and looking there is written down.
 */
export function maskedReference(reference: string): string {
  const shown = Math.min(SHOWN, Math.floor(reference.length / 3))
  return `…${shown === 0 ? '' : [...reference].slice(-shown).join('')}`
}
