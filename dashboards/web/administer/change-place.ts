import type { Texts } from '../shared/use-texts.ts'
import { placeNl } from './place-texts-nl.ts'

type PlaceKey = keyof typeof placeNl

const isKnown = (key: string): key is PlaceKey => Object.hasOwn(placeNl, key)

/** What a code of a robot or system is called, by that code; undefined for what is no such code. */
export type CalledBy = (code: string) => string | undefined

/** The parts of a path; `given` ones stand in brackets: the name or number of an entry of a list. */
export function placeSteps(path: string): { readonly step: string; readonly given: boolean }[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, given, part]) => ({
    step: given ?? part ?? '',
    given: given !== undefined,
  }))
}

/**
 * Where something was changed, in words: `baselines[cancelled 2026-11-22].measuredOn` is "nulmetingen › Afgezegd 22
 * november 2026 › gemeten op". The names that people gave stay as they are.
 * @param called the words for what is a robot's own: below its settings, systems and variants they go first
 * @param given what an entry of a list is called by its name
 */
export function placeName(
  path: string,
  t: Texts,
  called: CalledBy = () => undefined,
  given: (name: string) => string = (name) => name,
): string {
  return placeSteps(path)
    .map(({ step, given: isGiven }, place) => {
      if (/^\d+$/.test(step)) return String(Number(step) + 1)
      if (isGiven) return given(step)
      return (place === 0 ? undefined : called(step)) ?? partName(step, t)
    })
    .join(' › ')
}

function partName(part: string, t: Texts): string {
  const key = `administer.place.${part.replaceAll('_', '').toLowerCase()}`
  return isKnown(key) ? t(key) : part
}
