/** What a person or machine may be at a hospital; one may be several. */
export const ROLES = ['administrator', 'it', 'programme', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** Who may see items, messages and what belongs to them; the others read figures only. */
export const ROLES_THAT_SEE_ITEMS: readonly Role[] = ['administrator', 'it', 'auditor']

/** The roles somebody has, by hospital. */
export type Grants = ReadonlyMap<string, ReadonlySet<Role>>

/** The hospitals at which somebody has one of these roles, in order. */
export function hospitalsWith(grants: Grants, roles: readonly Role[]): string[] {
  const found = [...grants].filter(([, own]) => roles.some((role) => own.has(role)))
  return found.map(([hospital]) => hospital).toSorted()
}
