import { Failure } from '../failure.ts'

/** The type itself. @throws unexpected when it is no name of a resource type: it becomes part of an address. */
export function checkType(type: string): string {
  if (/^[A-Z][A-Za-z]{1,63}$/.test(type)) return type
  throw new Failure(
    'unexpected',
    'type-invalid',
    'A robot asked for a resource type that does not exist: tell its maker.',
  )
}

/** The id itself. @throws unexpected when it is no FHIR id; `.` and `..` would be another address altogether. */
export function checkId(id: string): string {
  if (/^[A-Za-z0-9\-.]{1,64}$/.test(id) && id !== '.' && id !== '..') return id
  throw new Failure(
    'unexpected',
    'id-invalid',
    'A FHIR id has characters or a length that no id may have: look where it came from.',
  )
}

/** The address of a path below the base; the library's leading slash means the base itself. */
export function below(base: URL, path: string): URL {
  return new URL(path.replace(/^\/+/, ''), base)
}

/**
 * A link that the server itself gave, absolute or relative to the base. Only an address below the base is followed,
 * for our authorization goes along. @throws unexpected for any other address.
 */
export function followable(base: URL, link: string, system: string): URL {
  const url = URL.parse(link, base)
  const inside = url?.origin === base.origin && `${url.pathname}/`.startsWith(base.pathname)
  if (url && inside && !url.username && !url.password) return url
  throw new Failure(
    'unexpected',
    'other-origin',
    `The FHIR server "${system}" gave a link to another address than its own, which is not followed: have its public base address corrected.`,
    { system },
  )
}

export interface Location {
  readonly type: string
  readonly id: string
  readonly versionId: string | undefined
}

const LOCATION = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/

/** Type, id and version out of a Location header or fullUrl; its host is not looked at, for it is never followed. */
export function readLocation(text: string | undefined): Location | undefined {
  const match = LOCATION.exec(text ?? '')
  if (!match?.[1] || !match[2]) return undefined
  return { type: match[1], id: match[2], versionId: match[3] }
}
