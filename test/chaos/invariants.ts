import { entriesOf, type ChaosItem } from './chaos-bot.ts'

/** An item as the ledger has it at the end. */
export interface EndedItem {
  readonly marker: string
  readonly state: string
  readonly parkedKind: string | null
  readonly code: string | null
  readonly sentence: string | null
  readonly data: ChaosItem
}

/** An act that the ledger says is done. */
export interface DoneAct {
  readonly marker: string
  readonly caseNumber: string
}

/** What really happened, as the hospital's witness has it. */
export interface Effect {
  readonly marker: string
  /** The case number. */
  readonly key: string
}

/** What is not as it must be: the markers of the items or entries concerned, a marker once for each time too many. */
export interface Judgement {
  /** Entries beyond the first. */
  readonly duplicates: string[]
  /** Entries that the ledger says are there and are not. */
  readonly missing: string[]
  /** Entries of items that are neither done nor waiting for a person because it is not known. */
  readonly stray: string[]
  /** Items that are neither done nor parked. */
  readonly unended: string[]
  /** Parked items that do not say why. */
  readonly reasonless: string[]
}

/** Compares the ledger with the witness. */
export function judge(
  items: readonly EndedItem[],
  acts: readonly DoneAct[],
  effects: readonly Effect[],
): Judgement {
  const done = items.filter(({ state }) => state === 'done')
  const parked = items.filter(({ state }) => state === 'parked')
  const unsure = parked.filter(({ parkedKind }) => parkedKind === 'unsure')
  const due = done.flatMap(({ data, marker }) => entriesOf(data, marker))
  const allowed = new Set([...done, ...unsure].flatMap(({ data, marker }) => markersOf(data, marker)))
  const seen = new Set(effects.map(({ marker }) => marker))
  const actsSeen = new Set(effects.map(({ marker, key }) => `${itemMarker(marker)} ${key}`))
  return {
    duplicates: [...beyondFirst(effects.map(({ marker }) => marker)), ...casesTwice(effects)],
    missing: [
      ...due.map(({ marker }) => marker).filter((marker) => !seen.has(marker)),
      ...acts
        .filter(({ marker, caseNumber }) => !actsSeen.has(`${marker} ${caseNumber}`))
        .map(({ marker }) => marker),
    ],
    stray: [...seen].filter((marker) => !allowed.has(marker)),
    unended: items.filter(({ state }) => state !== 'done' && state !== 'parked').map(({ marker }) => marker),
    reasonless: parked.filter(({ code, sentence }) => !code || !sentence).map(({ marker }) => marker),
  }
}

/** Whether nothing is wrong. */
export function holds(judgement: Judgement): boolean {
  return Object.values(judgement).every((markers: readonly string[]) => markers.length === 0)
}

/** The marker of the item that an entry's marker belongs to. */
export const itemMarker = (marker: string) => marker.replace(/-2$/, '')

export const markersOf = (data: ChaosItem, marker: string) =>
  entriesOf(data, marker).map((entry) => entry.marker)

/** One case under two markers. */
function casesTwice(effects: readonly Effect[]): string[] {
  const different = new Map(effects.map((effect) => [effect.marker, effect]))
  const keys = [...different.values()]
  const twice = new Set(beyondFirst(keys.map(({ key }) => key)))
  return keys.filter(({ key }) => twice.has(key)).map(({ marker }) => marker)
}

export function beyondFirst(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => {
    if (seen.has(name)) return true
    seen.add(name)
    return false
  })
}
