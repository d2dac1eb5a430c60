import { Failure } from '../failure.ts'

/** Says whether a robot of one system may open this host; the name as the browser asked for it, without brackets. */
export type AllowedHosts = (host: string, port: number) => boolean

/**
 * The hosts a system's robot may open: the address's own and those listed as `host:port` (`[::1]:8443` for IPv6).
 * Everything else is denied; there are no wildcards.
 */
export function allowHosts(address: string, listed: readonly string[]): AllowedHosts {
  const allowed = new Set([hostOfAddress(address), ...listed.map(hostOfEntry)])
  return (host, port) => allowed.has(key(host, port))
}

function hostOfAddress(address: string): string {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw invalid(
      'address',
      'Give the whole address of the system, such as https://epd.hospital.example/start.',
    )
  }
  return key(url.hostname, Number(url.port || (url.protocol === 'https:' ? 443 : 80)))
}

function hostOfEntry(entry: string): string {
  const url = /^[^/@?#*\s]+:\d{1,5}$/.test(entry) ? URL.parse(`ws://${entry}`) : null
  const port = Number(entry.slice(entry.lastIndexOf(':') + 1))
  if (!url || port < 1 || port > 65535) {
    throw invalid(
      'allowedHosts',
      'Write every allowed host as name:port, such as login.hospital.example:443.',
    )
  }
  return key(url.hostname, port)
}

function key(host: string, port: number): string {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '')
  return `${bare.endsWith('.') ? bare.slice(0, -1) : bare} ${port}`
}

function invalid(field: string, remedy: string): Failure {
  return new Failure(
    'business',
    `${field === 'address' ? 'address' : 'allowed-host'}-invalid`,
    `Field ${field}: ${remedy}`,
  )
}
