import type { Json } from '../../bots/bot.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import {
  putDeployment,
  putHospital,
  putSystem,
  type BaselineSetup,
  type DeploymentSetup,
} from '../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { putSecret } from '../../orchestrator/secrets/secrets.ts'
import { credentialsOf } from '../../orchestrator/work/system-settings.ts'
import type { PracticeProcess } from '../practice/practice-process.ts'

export const HOSPITAL = 'praktijk'
export const CHANNEL = 'praktijk-adt'

const signIn = {
  path: '/aanmelden',
  user: { label: 'Gebruikersnaam' },
  password: { label: 'Wachtwoord' },
  submit: { button: 'Aanmelden' },
  expired: { path: '/aanmelden' },
}

/** Puts the three robots to work at the practice hospital: systems, credentials, a channel, deployments, baselines. */
export async function putPracticeWork(installation: Installation, practice: PracticeProcess): Promise<void> {
  const { db } = installation
  await putPracticeHospital(db)
  await putSystems(installation, practice)
  await db
    .insertInto('channel')
    .values({ id: CHANNEL, hospital: HOSPITAL, port: 0, senders: [] })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const deployment of DEPLOYMENTS) await putDeployment(db, deployment)
}

/** The hospital itself, with nothing in it. */
export async function putPracticeHospital(db: LedgerDatabase): Promise<void> {
  const norm = { validFrom: '2020-01-01', name: 'planning', hoursPerYear: 1440 }
  await putHospital(db, { id: HOSPITAL, name: 'Praktijkziekenhuis', norms: [norm] })
}

/** The addresses change at every start, so systems are renewed each time. */
async function putSystems({ db, secrets }: Installation, { at, accounts }: PracticeProcess): Promise<void> {
  const put = async (
    id: string,
    kind: 'web' | 'fhir',
    address: string,
    settings: Json,
    credentials: Json,
  ) => {
    await putSystem(db, { hospital: HOSPITAL, id, kind, address, seats: 4, settings })
    const value = JSON.stringify(credentials)
    await putSecret(db, secrets, { hospital: HOSPITAL, name: credentialsOf(id), value })
  }
  const heading = (name: string) => ({ signedIn: { role: 'heading', name } })
  const code = { label: 'Code', submit: { button: 'Bevestigen' } }
  const epd = { signIn: { ...signIn, code, ...heading('Patiënt zoeken') } }
  await put('epd', 'web', `${at.epd}/patienten`, epd, accounts.epd)
  const portal = { signIn: { ...signIn, ...heading('Postvak verwijzingen') } }
  await put('verwijsportaal', 'web', `${at.portal}/postvak`, portal, accounts.portal)
  const insurer = { signIn: { ...signIn, ...heading('Controle op verzekeringsrecht') } }
  await put('verzekeraar', 'web', `${at.insurer}/controle`, insurer, accounts.insurer)
  await put('fhir', 'fhir', at.fhir, {}, { way: 'bearer', token: accounts.fhir.token })
}

/** Invented for practice: a real hospital measures its own. */
const baseline = (variant: string, minutes: number, n: number, spreadMinutes: number): BaselineSetup => ({
  variant,
  minutes,
  method: 'stopwatch',
  n,
  spreadMinutes,
  measuredBy: 'applicatiebeheer',
  measuredOn: '2026-01-12',
  validFrom: '2026-01-12',
  remeasureOn: '2027-01-12',
})

const PATIENT_NUMBERS = 'urn:practice:zis'

/** The portal and the EPD of the practice hospital use the same words. */
const SPECIALTIES = [
  'Cardiologie',
  'Dermatologie',
  'Interne geneeskunde',
  'KNO',
  'Longgeneeskunde',
  'Neurologie',
  'Oogheelkunde',
  'Orthopedie',
  'Reumatologie',
  'Urologie',
]

const shared = {
  hospital: HOSPITAL,
  mode: 'live' as const,
  responsible: 'applicatiebeheer',
  parkedShare: 0,
}

/** The deployments of the practice hospital. */
export const DEPLOYMENTS: readonly DeploymentSetup[] = [
  {
    ...shared,
    id: 'praktijk-referral-intake',
    bot: 'referral-intake',
    systems: { portal: 'verwijsportaal', epd: 'epd', fhir: 'fhir' },
    settings: {
      specialties: SPECIALTIES.map((name) => ({ portal: name, epd: name })),
      patientNumberSystem: PATIENT_NUMBERS,
      referralNumberSystem: 'urn:practice:referral',
    },
    outsideSeconds: 240,
    triggers: [{ id: 'praktijk-referral-intake-minute', cron: '* * * * *', missed: 'last' }],
    baselines: [baseline('known-patient', 9.5, 40, 2.4), baseline('new-patient', 14, 25, 3.1)],
  },
  {
    ...shared,
    id: 'praktijk-insurance-check',
    bot: 'insurance-check',
    systems: { fhir: 'fhir', portal: 'verzekeraar' },
    settings: {
      insurers: ['0104', '0211', '3317', '7029', '8965'],
      appointmentSystem: 'urn:practice:appointment',
    },
    outsideSeconds: 180,
    triggers: [{ id: 'praktijk-insurance-check-morning', cron: '0 7 * * 1-5', missed: 'last' }],
    baselines: [baseline('first-check', 4.25, 60, 1.1), baseline('renewed', 4.25, 60, 1.1)],
  },
  {
    ...shared,
    id: 'praktijk-deceased-appointments',
    bot: 'deceased-appointments',
    systems: { fhir: 'fhir' },
    settings: { patientNumberAuthority: 'ZIS', patientNumberSystem: PATIENT_NUMBERS },
    outsideSeconds: 300,
    triggers: [{ id: 'praktijk-deceased-adt', messageTypes: ['ADT^A08', 'ADT^A31', 'ADT^A03'] }],
    baselines: [baseline('cancelled', 7, 15, 2.2)],
  },
]
