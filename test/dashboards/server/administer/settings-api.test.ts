import { afterAll, beforeAll, expect, test } from 'vitest'
import { Calendar, SchedulePreview } from '../../../../dashboards/server/administer/calendar-schemas.ts'
import { Changes } from '../../../../dashboards/server/administer/change-schemas.ts'
import { SystemForms, Systems } from '../../../../dashboards/server/administer/system-schemas.ts'
import { Done } from '../../../../dashboards/server/door/account-schemas.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'

const HERE = '/api/hospitals/noord'

let server: TestServer
let ada: TestClient

beforeAll(async () => {
  server = await openTestServer()
  ada = await server.as('administrator', 'noord')
})
afterAll(() => server[Symbol.asyncDispose]())

const year = new Date().getFullYear() + 1
const change = (path: string, method: 'PUT' | 'POST' | 'DELETE', body: unknown = {}) =>
  ada.ask(Done.loose(), `${HERE}${path}`, { method, body })

test('the calendar has the public holidays and the own closing days, in order; they move what a schedule shows', async () => {
  await change(`/closing-days/${year}-12-24`, 'PUT', { name: 'Brugdag' })
  const { days } = await ada.ask(Calendar, `${HERE}/calendar?year=${year}`)
  expect(days.slice(-3).map(({ day, kind, name }) => [day.slice(5), kind, name.nl])).toEqual([
    ['12-24', 'closing', 'Brugdag'],
    ['12-25', 'public', 'Kerstmis'],
    ['12-26', 'public', 'Tweede kerstdag'],
  ])
  const asked = { cron: '0 7 24-27 12 *', skipHolidays: true }
  const preview = await ada.ask(SchedulePreview, `${HERE}/schedule`, { method: 'POST', body: asked })
  expect(preview.firings).toHaveLength(5)
  const next = preview.firings.find(({ at }) => at.startsWith(String(year)))
  expect(next?.words.nl).toMatch(new RegExp(`^\\w+dag 27 december ${year} om 07:00$`))
  expect(next?.words.en).toMatch(/27 December \d+ at 07:00/)
  expect(next?.skipped.map(({ name }) => name.nl)).toEqual(['Brugdag', 'Kerstmis', 'Tweede kerstdag'])
  await change(`/closing-days/${year}-12-24`, 'DELETE')
  const again = await ada.ask(SchedulePreview, `${HERE}/schedule`, { method: 'POST', body: asked })
  expect(again.firings.find(({ at }) => at.startsWith(`${year}-12-24`))).toBeDefined()
  const wrong = { cron: 'soon', skipHolidays: false }
  const refused = await ada.fetch(`${HERE}/schedule`, { method: 'POST', body: wrong })
  expect([refused.status, (await refused.json()).error.field]).toEqual([400, 'cron'])
  expect(
    (await ada.fetch(`${HERE}/closing-days/2026-02-30`, { method: 'PUT', body: { name: 'x' } })).status,
  ).toBe(400)
})

test('the form of each kind of system is one that a page can draw', async () => {
  const forms = await ada.ask(SystemForms, `${HERE}/system-forms`)
  expect(forms.web).toMatchObject({
    type: 'object',
    // What may be left out is a choice, whose own fields are needed only when it is made.
    properties: {
      signIn: {
        title: 'Inloggen',
        anyOf: [{ required: ['path', 'user', 'password', 'submit', 'signedIn'] }],
      },
    },
  })
  expect(forms.fhir).toMatchObject({ properties: { version: { enum: ['R4', 'STU3'] } } })
  expect(forms.hl7).toMatchObject({
    required: ['receiver', 'sender'],
    properties: {
      recognisesDuplicates: { type: 'boolean', title: 'Herkent een bericht dat het al had' },
      charset: { enum: ['8859/1', '8859/15', 'UNICODE UTF-8', 'ASCII'] },
    },
  })
  // A list that code only reads is one that a person fills in.
  expect(JSON.stringify(forms)).not.toContain('readOnly')
  for (const form of [forms.web, forms.fhir, forms.hl7]) expect(unnamed(form)).toEqual([])
})

test('a system is held with a reason and an end, released, reset and taken away; IT may hold, not change', async () => {
  const it = await server.as('it', 'noord')
  await change('/systems/epd', 'PUT', {
    kind: 'web',
    address: 'https://epd.example/',
    seats: 2,
    settings: {},
  })
  const hold = { reason: 'Onderhoud', until: '2027-01-01T12:00:00Z' }
  await it.ask(Done, `${HERE}/systems/epd/hold`, { method: 'PUT', body: hold })
  const [held] = (await it.ask(Systems, `${HERE}/systems`)).systems
  expect(held).toMatchObject({ heldReason: 'Onderhoud', heldUntil: '2027-01-01T12:00:00.000Z', check: null })
  await it.ask(Done, `${HERE}/systems/epd/hold`, { method: 'DELETE', body: {} })
  await server.installation.db.updateTable('system').set({ failures: 5, open_until: new Date() }).execute()
  await it.ask(Done, `${HERE}/systems/epd/reset`, { method: 'POST', body: {} })
  expect((await it.ask(Systems, `${HERE}/systems`)).systems).toMatchObject([
    { heldReason: null, failures: 0, openUntil: null },
  ])
  expect((await it.fetch(`${HERE}/systems/epd`, { method: 'DELETE', body: {} })).status).toBe(403)
  await change('/systems/epd', 'DELETE')
  expect((await ada.ask(Systems, `${HERE}/systems`)).systems).toEqual([])
  expect((await ada.fetch(`${HERE}/systems/epd/reset`, { method: 'POST', body: {} })).status).toBe(404)
})

test('what was changed is told page by page; an auditor reads it and changes nothing', async () => {
  for (let day = 1; day <= 28; day += 1)
    await change(`/closing-days/${year}-02-${String(day).padStart(2, '0')}`, 'PUT', { name: `Dag ${day}` })
  const auditor = await server.as('auditor', 'noord')
  const first = await auditor.ask(Changes, `${HERE}/changes?what=closing-day`)
  expect(first.rows).toHaveLength(25)
  expect(first.rows[0]).toMatchObject({
    kind: 'added',
    subject: `${year}-02-28`,
    canUndo: true,
    differences: [{ path: '', after: 'Dag 28' }],
  })
  const second = await auditor.ask(Changes, `${HERE}/changes?what=closing-day&cursor=${first.next}`)
  expect(second.rows.map(({ subject }) => subject)).toContain(`${year}-02-01`)
  expect(second.next).toBeNull()
  const undo = await auditor.fetch(`${HERE}/changes/${first.rows[0]?.id}/undo`, { method: 'POST', body: {} })
  expect(undo.status).toBe(403)
})

/** The places of fields that have no name of their own. */
function unnamed(form: unknown, place = ''): string[] {
  if (typeof form !== 'object' || form === null) return []
  const { properties, anyOf = [], oneOf = [], items } = form as Record<string, object | object[] | undefined>
  const fields = Object.entries(properties ?? {}).flatMap(([name, field]) => [
    ...('title' in field ? [] : [`${place}.${name}`]),
    ...unnamed(field, `${place}.${name}`),
  ])
  return [...fields, ...[anyOf, oneOf, items ?? []].flat().flatMap((part) => unnamed(part, place))]
}
