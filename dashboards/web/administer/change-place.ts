import type { Texts } from '../shared/use-texts.ts'
import { placeNl } from './place-texts-nl.ts'

type PlaceKey = keyof typeof placeNl

const isKnown = (key: string): key is PlaceKey => Object.hasOwn(placeNl, key)

/**
 * Where something was changed, in words: `baselines[cancelled 2026-11-22].measuredOn` is "nulmetingen › cancelled
 * 2026-11-22 › gemeten op". A robot's own settings, and the names that people gave, stay as they are.
 */
export function placeName(path: string, t: Texts): string {
  const steps = [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)]
  return steps
    .map(([, given, part]) => (given === undefined ? partName(part ?? '', t) : givenName(given)))
    .join(' › ')
}

/** Rows of a list are counted from one. */
const givenName = (given: string): string => (/^\d+$/.test(given) ? String(Number(given) + 1) : given)

function partName(part: string, t: Texts): string {
  const key = `administer.place.${part.replaceAll('_', '').toLowerCase()}`
  return isKnown(key) ? t(key) : part
}
