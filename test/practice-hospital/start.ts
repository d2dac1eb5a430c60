import { makeAccounts } from './accounts.ts'
import { startControl, type Arrived, type Counts, type Levers } from './control.ts'
import { startEpd } from './epd/server.ts'
import { FHIR_ACCOUNT, fhirToken } from './fhir/token.ts'
import { startFhirServer, type FhirServer } from './fhir/server.ts'
import { openHospital, type Hospital, type HospitalOptions } from './hospital.ts'
import { createHl7Feed, type Hl7Feed } from './hl7/feed.ts'
import { startHl7Receiver } from './hl7/receiver.ts'
import { startInsurer } from './insurer/server.ts'
import { addReferrals } from './portal/arrivals.ts'
import { openReferrals } from './portal/referrals.ts'
import { startPortal } from './portal/server.ts'
import { startRegistry } from './registry/server.ts'

export interface PracticeOptions extends HospitalOptions {
  /** The first of seven ports; 0 takes any that are free. */
  readonly portBase: number
  /** How long an EPD session lives without a request. */
  readonly idleMs: number
}

/** Where each part listens. */
export interface Addresses {
  readonly epd: string
  readonly portal: string
  readonly insurer: string
  readonly registry: string
  readonly fhir: string
  readonly control: string
  /** Where the hospital takes HL7 messages. */
  readonly hl7: string
}

export interface Practice {
  readonly addresses: Addresses
  readonly hospital: Hospital
  /** Ends every server, then applies what was still to be applied late. */
  readonly close: () => Promise<void>
}

/** Starts the whole practice hospital, as its data folder was left. */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const hospital = openHospital(options)
  const accounts = makeAccounts(hospital.random.split('accounts'))
  addReferrals(hospital, Math.max(0, options.size.referrals - openReferrals(hospital).size()))
  const port = (place: number) => (options.portBase === 0 ? 0 : options.portBase + place)
  const epd = await startEpd(hospital, accounts.epd, { port: port(0), idleMs: options.idleMs })
  const portal = await startPortal(hospital, accounts.portal, port(1))
  const insurer = await startInsurer(hospital, accounts.insurer, port(2))
  const registry = await startRegistry(hospital, accounts.registry, port(3))
  const fhir = await startFhirServer(hospital, port(4))
  const feed = createHl7Feed(hospital)
  const accountsWithFhir = { ...accounts, fhir: { account: FHIR_ACCOUNT, token: fhirToken(hospital.random) } }
  const levers: Levers = { accounts: accountsWithFhir, feed, arrive: arrivals(hospital, fhir, feed) }
  const control = await startControl(hospital, levers, port(5))
  const hl7 = await startHl7Receiver(hospital, port(6))
  const parts = { epd, portal, insurer, registry, fhir, control, hl7 }
  return {
    hospital,
    addresses: {
      epd: epd.url,
      portal: portal.url,
      insurer: insurer.url,
      registry: registry.url,
      fhir: fhir.url,
      control: control.url,
      hl7: hl7.url,
    },
    close: async () => {
      feed.close()
      await Promise.all(Object.values(parts).map((part) => part.close()))
      hospital.close()
    },
  }
}

function arrivals(hospital: Hospital, fhir: FhirServer, feed: Hl7Feed): (counts: Counts) => Arrived {
  return ({ referrals, appointments, deaths }) => {
    const arrived = {
      referrals: addReferrals(hospital, referrals),
      appointments: fhir.bookAppointments(appointments),
      deaths: fhir.planDeaths(deaths),
    }
    // Unconnected it waits in the feed's queue, as it would at a hospital whose receiver is down.
    if (deaths > 0) feed.sendPlanned()
    return arrived
  }
}
