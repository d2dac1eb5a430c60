import { askCheck, newestCheck } from '../../../orchestrator/ledger/system-checks.ts'
import {
  findSystem,
  readSystems,
  removeSystem,
  saveSystem,
} from '../../../orchestrator/ledger/system-records.ts'
import { PlannedSystem, readPlannedSystem, SYSTEM_SETTINGS } from '../../../orchestrator/work/system-form.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { changedBy, todayAt } from './by-caller.ts'
import { formOf } from './form-of.ts'
import { SaveSystem, SystemCheck, SystemForms, SystemPath, Systems, SystemSaved } from './system-schemas.ts'
import { systemStateRoutes } from './system-state-routes.ts'
import { checkView, systemView } from './system-view.ts'
import { systemWords } from './system-words.ts'

const done = { done: true }

/** What is filled in apart, where fields of its own say more than generated ones: signing in to FHIR, elements of pages. */
function without(field: string, form: ReturnType<typeof formOf>): ReturnType<typeof formOf> {
  const { [field]: _left, ...properties } = Object(form['properties'])
  return { ...form, properties }
}

const reading: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/systems',
    roles: ['administrator', 'it', 'auditor'],
    summary:
      'The systems of a hospital: where, how many seats, held or failing, and whether credentials were entered.',
    params: Hospital,
    answer: Systems,
    async handle({ params: { hospital } }, context) {
      const { db } = context
      const all = await readSystems(db, hospital)
      const systems = await Promise.all(all.map((system) => systemView(db, hospital, system)))
      return { today: await todayAt(hospital, context), systems }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/system-forms',
    roles: ['administrator', 'it', 'auditor'],
    summary:
      'The forms of what is filled in about a system, by its kind, as JSON Schema, in the language of the caller.',
    params: Hospital,
    answer: SystemForms,
    handle: (_asked, { caller: { language } }) =>
      Promise.resolve({
        web: without('locators', formOf(SYSTEM_SETTINGS.web, language, systemWords('web', language))),
        fhir: without('signIn', formOf(SYSTEM_SETTINGS.fhir, language, systemWords('fhir', language))),
        hl7: formOf(SYSTEM_SETTINGS.hl7, language, systemWords('hl7', language)),
      }),
  }),
]

const changing: readonly Route[] = [
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/systems/:system',
    roles: ['administrator'],
    summary: 'Makes or changes a system. Credentials are thrown away when its address leads to another host.',
    params: SystemPath,
    body: SaveSystem,
    answer: SystemSaved,
    async handle({ params: { hospital, system }, body }, context) {
      const planned = readPlannedSystem(hospital, PlannedSystem.parse({ id: system, ...body }))
      const { credentialsRemoved } = await saveSystem(context.db, changedBy(hospital, context), planned)
      return { done: true, credentialsRemoved }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/systems/:system',
    roles: ['administrator'],
    summary: 'Takes a system away with its credentials; refused while a deployment uses it.',
    params: SystemPath,
    answer: Done,
    async handle({ params: { hospital, system } }, context) {
      await removeSystem(context.db, changedBy(hospital, context), system)
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/systems/:system/check',
    roles: ['administrator', 'it'],
    summary: 'Has a worker open a system and sign in, from where the work is done.',
    params: SystemPath,
    answer: Done,
    async handle({ params: { hospital, system } }, { db, caller, installation }) {
      await findSystem(db, hospital, system)
      const id = await askCheck(db, { hospital, system, account: caller.account })
      await installation.doorbell.ring([{ kind: 'check', id, turn: '0' }])
      return done
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/systems/:system/check',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'What the newest try of a system showed.',
    params: SystemPath,
    answer: SystemCheck,
    async handle({ params: { hospital, system } }, { db }) {
      const check = await newestCheck(db, hospital, system)
      return check ? checkView(check) : null
    },
  }),
]

export const systemRoutes: readonly Route[] = [...reading, ...changing, ...systemStateRoutes]
