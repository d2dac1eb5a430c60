import type { Account } from '../accounts.ts'
import type { Hospital } from '../hospital.ts'
import { alerts, faultsIn, form, type Field, type Values } from '../web/form.ts'
import { markup, list, page, properties, type Markup } from '../web/html.ts'
import { addSignIn, enter } from '../web/sign-in.ts'
import { createSite, SEARCHES, type Listening, type Site } from '../web/site.ts'
import type { Answer, Visit } from '../web/visit.ts'
import { hiddenName, openEntries, type Entries, type Entry } from './entries.ts'

const TITLE = 'Landelijk register'
const IDLE_MS = 30 * 60_000
const FIELDS: readonly Field[] = [
  { name: 'zaaknummer', label: 'Zaaknummer', required: true },
  { name: 'kenmerk', label: 'Kenmerk', required: true },
  { name: 'waarde', label: 'Waarde', type: 'textarea', required: true },
]
const SEARCH_FIELDS: readonly Field[] = [
  { name: 'kenmerk', label: 'Kenmerk' },
  { name: 'zaaknummer', label: 'Zaaknummer' },
]
const SUBMIT = { action: '/inzendingen', button: 'Insturen', fields: FIELDS }

/** The web registry: `POST /inzendingen` submits, `GET /inzendingen?kenmerk=` finds; by session or bearer token. */
export async function startRegistry(
  hospital: Hospital,
  account: Account & { readonly token: string },
  port: number,
): Promise<Listening> {
  const entries = openEntries(hospital)
  const site = await createSite(hospital, {
    title: TITLE,
    cookie: 'register_sessie',
    idleMs: IDLE_MS,
    bearer: ({ headers }) => (headers.authorization === `Bearer ${account.token}` ? account.user : undefined),
  })
  addSignIn(site, account, (_request, reply) => enter(site, account, reply))
  addLooking(site, entries)
  site.change('/inzendingen', {
    check: ({ form: values }) => {
      const wrong = faultsIn(FIELDS, values)
      return wrong.length > 0 ? submitPage(wrong, values) : undefined
    },
    apply: ({ form: values, account: by }) => {
      const { zaaknummer = '', kenmerk = '', waarde = '' } = values
      const entry = entries.add({ caseNumber: zaaknummer, marker: kenmerk, value: waarde }, by)
      return { answer: { status: 201, page: receivedPage(entry) }, record: hiddenName(entry.number) }
    },
  })
  return site.listen(port)
}

function addLooking(site: Site, entries: Entries): void {
  const find = ({ kenmerk = '', zaaknummer = '' }: Values) =>
    found(kenmerk ? entries.find('marker', kenmerk) : entries.find('caseNumber', zaaknummer))
  const asked = ({ query }: Visit) => ({ kenmerk: query('kenmerk'), zaaknummer: query('zaaknummer') })
  site.page('GET', '/', () => ({ page: startPage(entries.count()) }))
  site.page('GET', '/inzendingen/nieuw', ({ change }) => submitPage([], {}, change))
  site.page('GET', '/inzendingen', (visit) => find(asked(visit)), SEARCHES)
  site.page('POST', '/zoeken', (visit) => find(visit.form), SEARCHES)
}

function startPage(count: number): Markup {
  const search = form({ action: '/zoeken', button: 'Zoeken', fields: SEARCH_FIELDS })
  const body = markup`<nav><a href="/inzendingen/nieuw">Nieuwe inzending</a></nav>
    <p>${count} inzendingen</p>
    ${search}`
  return page(TITLE, 'Register', body)
}

function submitPage(wrong: readonly string[], values: Values, change?: number): Answer {
  const body = markup`${alerts(wrong)}${form(SUBMIT, values, change)}`
  return { status: wrong.length > 0 ? 422 : 200, page: page(TITLE, 'Nieuwe inzending', body) }
}

function receivedPage(entry: Entry): Markup {
  const shown = properties('Inzending', [
    ['Volgnummer', entry.number],
    ['Zaaknummer', entry.caseNumber],
    ['Kenmerk', entry.marker],
    ['Waarde', entry.value],
  ])
  return page(
    TITLE,
    'Inzending ontvangen',
    markup`${shown}
      <nav><a href="/">Naar het begin</a></nav>`,
  )
}

function found(entries: readonly Entry[]): Answer {
  const rows = entries.map(({ number, caseNumber, marker, value }) => [number, caseNumber, marker, value])
  const body = markup`<p role="status">${rows.length} gevonden</p>
    ${list('Inzendingen', ['Volgnummer', 'Zaaknummer', 'Kenmerk', 'Waarde'], rows)}`
  return { page: page(TITLE, 'Inzendingen', body) }
}
