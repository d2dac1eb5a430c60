import { randomUUID } from 'node:crypto'
import type { Patient } from '../patients.ts'
import { fromDutch } from '../web/dutch-date.ts'
import { faultsIn, type Field, type Values } from '../web/form.ts'
import { SHOWS_PATIENT, type Site } from '../web/site.ts'
import type { Answer, Visit } from '../web/visit.ts'
import type { Registration, Registrations } from './registrations.ts'
import { notFound, shownPatient } from './shell.ts'
import { STEP_1, STEP_2, stepOne, stepThree, stepTwo, type WizardView } from './wizard-pages.ts'

interface Wizard {
  readonly patient: Patient
  values: Values
}
type Open = (visit: Visit, show: (wizard: Wizard, view: WizardView) => Answer) => Answer

/** Registration of a referral in three pages; what was filled in lives until the process ends. */
export function addWizard(site: Site, registrations: Registrations): void {
  const wizards = new Map<string, Wizard>()
  const open: Open = (visit, show) => {
    const id = visit.parameter('id')
    const wizard = wizards.get(id)
    if (!wizard) return notFound('Deze registratie')
    const { patient, values } = wizard
    return show(wizard, { id, patient, values, wrong: [], change: visit.change })
  }
  const begin = (visit: Visit): Answer => {
    const patient = shownPatient(site, visit)
    if (!patient) return notFound('Deze patiënt')
    const id = randomUUID()
    wizards.set(id, { patient, values: {} })
    return { to: `/verwijzing/${id}/1` }
  }
  site.page('GET', '/patienten/:zis/verwijzing', begin, SHOWS_PATIENT)
  site.page('GET', '/verwijzing/:id/1', (visit) => open(visit, (_wizard, view) => stepOne(view)))
  site.page('POST', '/verwijzing/:id/1', (visit) => open(visit, fill(visit, STEP_1, stepOne, '2')))
  site.page('GET', '/verwijzing/:id/2', (visit) => open(visit, (_wizard, view) => stepTwo(view)))
  site.page('POST', '/verwijzing/:id/2', (visit) => open(visit, fill(visit, STEP_2, stepTwo, '3')))
  site.page('GET', '/verwijzing/:id/3', (visit) => open(visit, (_wizard, view) => stepThree(view)))
  addRegistering(site, registrations, wizards)
}

function addRegistering(
  site: Site,
  registrations: Registrations,
  wizards: ReadonlyMap<string, Wizard>,
): void {
  site.change('/verwijzing/:id/registreren', {
    check: ({ parameter }) => {
      const id = parameter('id')
      const wizard = wizards.get(id)
      if (!wizard) return notFound('Deze registratie')
      const wrong = wrongIn(wizard)
      return wrong.length > 0 ? stepOne({ id, ...wizard, wrong }) : undefined
    },
    apply: ({ parameter, account }) => {
      const wizard = wizards.get(parameter('id'))
      if (!wizard) return { answer: notFound('Deze registratie') }
      const { number } = registrations.add(read(wizard), account)
      return { answer: { to: `/registraties/${number}/bevestiging` }, record: `registration/${number}` }
    },
  })
}

function fill(visit: Visit, fields: readonly Field[], again: (view: WizardView) => Answer, next: string) {
  return (wizard: Wizard, view: WizardView): Answer => {
    const wrong = faultsIn(fields, visit.form)
    const values = { ...wizard.values, ...visit.form }
    if (wrong.length > 0) return again({ ...view, values, wrong })
    wizard.values = values
    return { to: `/verwijzing/${view.id}/${next}` }
  }
}

function wrongIn({ patient, values }: Wizard): string[] {
  const wrong = faultsIn([...STEP_1, ...STEP_2], values)
  if (patient.deceasedAt) wrong.push('Deze patiënt is overleden: registreren kan niet.')
  if (patient.mergedInto) wrong.push('Dit dossier is samengevoegd: registreren kan niet.')
  return wrong
}

function read({ patient, values }: Wizard): Omit<Registration, 'number'> {
  const value = (name: string) => values[name]?.trim() ?? ''
  return {
    zis: patient.zis,
    referralNumber: value('verwijsnummer'),
    marker: value('extern-kenmerk'),
    specialism: value('specialisme'),
    urgency: value('urgentie'),
    referrerAgb: value('agb'),
    referralDate: fromDutch(value('verwijsdatum')) ?? '',
    reason: value('reden'),
  }
}
