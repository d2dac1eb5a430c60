const OF_PEOPLE_AND_MACHINES = ['administrator', 'it', 'programme', 'auditor'] as const

/**
 * What a machine may be at a hospital. A reporter is a robot of another make: it hands in the items that it did, and
 * asks, changes and takes back nothing.
 */
export const TOKEN_ROLES = [...OF_PEOPLE_AND_MACHINES, 'reporter'] as const
export type TokenRole = (typeof TOKEN_ROLES)[number]

/**
 * What a person may be at a hospital; one may be several. A colleague does by hand what robots may take over: times cases
 * of it and has ideas, and sees nothing else.
 */
export const ROLES = [...OF_PEOPLE_AND_MACHINES, 'colleague'] as const
export type Role = (typeof ROLES)[number]

/** All that anybody may be, person or machine: what routes let in. */
export const ALL_ROLES = [...ROLES, 'reporter'] as const
export type AnyRole = (typeof ALL_ROLES)[number]

/**
 * Whose routes may reach items, messages and what belongs to them; the others read figures only. No route that a reporter
 * may use hands any out: it writes its own.
 */
export const ROLES_THAT_SEE_ITEMS: readonly AnyRole[] = ['administrator', 'it', 'auditor', 'reporter']

/** The roles somebody has, by hospital. */
export type Grants<R extends AnyRole = AnyRole> = ReadonlyMap<string, ReadonlySet<R>>

/** The hospitals at which somebody has one of these roles, in order. */
export function hospitalsWith(grants: Grants, roles: readonly AnyRole[]): string[] {
  const found = [...grants].filter(([, own]) => roles.some((role) => own.has(role)))
  return found.map(([hospital]) => hospital).toSorted()
}
