import type { SenderTls } from '../../connectors/hl7/dial.ts'
import { openHl7System, type Hl7Endpoint } from '../../connectors/hl7/system.ts'
import type { SystemRow } from '../ledger/tables.ts'
import { Hl7Settings } from './hl7-system-settings.ts'
import { keyOfOurs } from './own-certificate.ts'
import type { SystemOpening } from './shared-endpoints.ts'
import { readSystemSettings } from './system-settings.ts'

/**
 * A system that takes HL7 messages as it stands in the ledger; nothing is connected yet.
 * @throws {Failure} `business`: names the setting or the secret that is wrong
 */
export async function openHl7(options: SystemOpening, row: SystemRow): Promise<Hl7Endpoint> {
  const { id, address } = row
  const { tls, ...settings } = readSystemSettings(Hl7Settings, row, row.settings ?? {})
  return openHl7System({ id, address, ...settings, tls: await tlsOf(options, row, tls) }, options.log)
}

async function tlsOf(
  options: SystemOpening,
  row: SystemRow,
  { authorities, certificate, serverName }: Hl7Settings['tls'],
): Promise<SenderTls> {
  const trusted = {
    ...(authorities === undefined ? {} : { ca: authorities }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  }
  if (certificate === undefined) return trusted
  const { key, passphrase } = await keyOfOurs(options, row, { field: 'tls.certificate', certificate })
  return { ...trusted, cert: certificate, key, ...(passphrase === undefined ? {} : { passphrase }) }
}
