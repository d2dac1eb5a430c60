/** The few messages of SOCKS5 (RFC 1928) that a browser uses: no sign-in, CONNECT only. */

const VERSION = 5
const CONNECT = 1

const answer = (code: number) => Buffer.from([VERSION, code, 0, 1, 0, 0, 0, 0, 0, 0])

export const reply = {
  noSignIn: Buffer.from([VERSION, 0]),
  connected: answer(0),
  denied: answer(2),
  unreachable: answer(4),
} as const

/** The greeting when it is whole, `more` when bytes are missing, `refuse` when it is no SOCKS5. */
export function readGreeting(bytes: Buffer): 'greeted' | 'more' | 'refuse' {
  if (bytes.length > 0 && bytes[0] !== VERSION) return 'refuse'
  const methods = bytes[1]
  if (methods === undefined || bytes.length < 2 + methods) return 'more'
  return bytes.length === 2 + methods ? 'greeted' : 'refuse'
}

/** Where the browser wants to go: the host as text (a name or an IP address) and the port. */
export function readRequest(bytes: Buffer): { host: string; port: number } | 'more' | 'refuse' {
  if (bytes.length < 5) return 'more'
  if (bytes[0] !== VERSION || bytes[1] !== CONNECT) return 'refuse'
  const start = bytes[3] === 3 ? 5 : 4
  const length = { 1: 4, 3: bytes[4], 4: 16 }[Number(bytes[3])]
  if (length === undefined) return 'refuse'
  if (bytes.length < start + length + 2) return 'more'
  const host = bytes.subarray(start, start + length)
  return { host: hostText(Number(bytes[3]), host), port: bytes.readUInt16BE(start + length) }
}

function hostText(kind: number, bytes: Buffer): string {
  if (kind === 1) return [...bytes].join('.')
  if (kind === 3) return bytes.toString('latin1')
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16))
  return URL.parse(`http://[${groups.join(':')}]`)?.hostname.slice(1, -1) ?? groups.join(':')
}
