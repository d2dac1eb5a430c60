import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import type { SystemKind } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { readMllpAddress } from '../../connectors/hl7/mllp-address.ts'

/**
 * Where no hospital has a system: addresses of this link only, by which clouds give out the machine's own credentials
 * (RFC 3927, RFC 4291), those that stand for every address of this machine, and those of many machines at once.
 * Addresses of the hospital's own network stay open, for that is where its systems are.
 */
const NEVER = new BlockList()
NEVER.addSubnet('0.0.0.0', 8)
NEVER.addSubnet('169.254.0.0', 16)
NEVER.addSubnet('224.0.0.0', 3)
NEVER.addSubnet('fe80::', 10, 'ipv6')
NEVER.addSubnet('ff00::', 8, 'ipv6')
NEVER.addAddress('::', 'ipv6')
NEVER.addAddress('fd00:ec2::254', 'ipv6')
NEVER.addAddress('100.100.100.200')

/**
 * An address that a robot may be sent to: http or https, or mllp or mllps for HL7, without a user name in it, and no host
 * that no system has.
 * @throws {Failure} `business`: names the field and the remedy
 */
export function checkAddress(address: string, kind: SystemKind): void {
  if (isNever(hostOf(address, kind))) throw notThere()
}

function hostOf(address: string, kind: SystemKind): string {
  if (kind === 'hl7') return readMllpAddress(address).host
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol))
    throw wrong('write the whole address of the system, such as https://epd.hospital.example/.')
  if (url.username || url.password)
    throw wrong('leave user name and password out; they go with the credentials of the system.')
  return bare(url.hostname)
}

/**
 * The same for what the host's name stands for on this machine, just before it is visited. A name that cannot be looked
 * up here is left to who visits it: behind a proxy it need not be.
 * @throws {Failure} `business`: names the field
 */
export async function checkWhereItLeads(address: string, kind: SystemKind): Promise<void> {
  checkAddress(address, kind)
  const host = hostOf(address, kind)
  if (isIP(host) > 0) return
  const found = await lookup(host, { all: true }).catch(() => [])
  if (found.some((one) => isNever(one.address))) throw notThere()
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

function isNever(host: string): boolean {
  const family = isIP(host)
  if (family === 0) return false
  return NEVER.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

const wrong = (remedy: string) => new Failure('business', 'address-invalid', `Field address: ${remedy}`)
const notThere = () => wrong('no system is there; write the address that people use.')
