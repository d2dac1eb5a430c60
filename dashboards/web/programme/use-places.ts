import { rolesAt, useMe } from '../shared/me.ts'

const WRITERS = ['programme', 'administrator'] as const

export interface Place {
  readonly id: string
  readonly name: string
}

/** The hospitals of who is signed in, and those among them where one may write things down for the programme. */
export function usePlaces(): { readonly all: readonly Place[]; readonly own: readonly Place[] } {
  const me = useMe()
  const mayWrite = ({ id }: Place) =>
    rolesAt(me, id).some((role) => WRITERS.some((writer) => writer === role))
  return { all: me.hospitals, own: me.hospitals.filter(mayWrite) }
}

/** Where somebody may add ideas and vote: everybody but an auditor. */
export function useVoters(): readonly Place[] {
  const me = useMe()
  return me.hospitals.filter(({ id }) => rolesAt(me, id).some((role) => role !== 'auditor'))
}

/** The name of a hospital, or its id when it is not one of one's own. */
export function nameOf(places: readonly Place[], id: string): string {
  return places.find((place) => place.id === id)?.name ?? id
}
