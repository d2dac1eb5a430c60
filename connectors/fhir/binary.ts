import { checkId, followable } from './addresses.ts'
import { readBody, unreadable } from './answer.ts'
import { send, type Way } from './send.ts'

export interface Binary {
  /** Media type without its parameters, in lower case: `application/pdf`. */
  readonly contentType: string
  readonly bytes: Buffer
}

/**
 * The bytes of a Binary by its id, or of an attachment by its url at this server (absolute, or relative like `Binary/12`).
 * @throws unexpected for a url at another server, and for a web page where none was asked for.
 */
export async function readBinary(way: Way, idOrUrl: string): Promise<Binary> {
  const url = idOrUrl.includes('/')
    ? followable(way.base, idOrUrl, way.system)
    : new URL(`Binary/${checkId(idOrUrl)}`, way.base)
  const headers = { accept: 'application/fhir+json, application/pdf;q=0.9, */*;q=0.8' }
  const answer = await send(
    way,
    { method: 'GET', path: '', headers, body: undefined, url },
    { writes: false, byId: true },
  )
  const contentType = mediaType(answer.headers['content-type'])
  const resource = readBody(answer)
  if (resource?.resourceType === 'Binary') return unwrap(resource, way.system)
  // A sign-in page in place of a document is the usual sign of an expired session at something in between.
  if (resource || contentType === '' || contentType === 'text/html')
    throw unreadable('unexpected', way.system)
  return { contentType, bytes: answer.bytes }
}

function unwrap(resource: { readonly [field: string]: unknown }, system: string): Binary {
  // STU3 calls it content, R4 data.
  const data = resource['data'] ?? resource['content']
  if (typeof data !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data))
    throw unreadable('unexpected', system)
  return { contentType: mediaType(resource['contentType']), bytes: Buffer.from(data, 'base64') }
}

function mediaType(header: unknown): string {
  return typeof header === 'string' ? (header.split(';')[0] ?? '').trim().toLowerCase() : ''
}
