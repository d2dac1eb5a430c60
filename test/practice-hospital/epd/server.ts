import type { Accounts } from '../accounts.ts'
import type { Hospital } from '../hospital.ts'
import { createSite, type Listening } from '../web/site.ts'
import { appointmentsOf } from './appointments.ts'
import { addDocuments } from './documents.ts'
import { addNewPatient } from './new-patient.ts'
import { addPatientPages } from './patient-page.ts'
import { addRegistrationPages, openRegistrations } from './registrations.ts'
import { addSearch } from './search.ts'
import { TITLE } from './shell.ts'
import { addEpdSignIn } from './sign-in.ts'
import { addWizard } from './wizard.ts'

/** The web EPD; a session ends after `idleMs` without a request. */
export async function startEpd(
  hospital: Hospital,
  account: Accounts['epd'],
  { port, idleMs }: { readonly port: number; readonly idleMs: number },
): Promise<Listening> {
  const site = await createSite(hospital, { title: TITLE, cookie: 'epd_sessie', idleMs })
  const registrations = openRegistrations(hospital)
  addEpdSignIn(site, account)
  site.page('GET', '/', () => ({ to: '/patienten' }))
  addSearch(site)
  addNewPatient(site)
  addPatientPages(site, registrations, (zis) => appointmentsOf(hospital, zis))
  addWizard(site, registrations)
  addRegistrationPages(site, registrations)
  addDocuments(site)
  return site.listen(port)
}
