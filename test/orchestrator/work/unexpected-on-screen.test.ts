import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineBot } from '../../../bots/bot.ts'
import { pressOnce, readyToPress } from '../../../connectors/browser/press.ts'
import { readProperties } from '../../../connectors/browser/screen-parts.ts'
import { Failure } from '../../../connectors/failure.ts'
import { comparePatients } from '../../../connectors/identity.ts'
import { silentLog } from '../../../connectors/log.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openingSystems } from '../../../orchestrator/work/opening-systems.ts'
import type { SystemOpener } from '../../../orchestrator/work/systems.ts'
import { openSite, type Site } from '../../connectors/browser/site.ts'
import { openBench, PLAIN_DEPLOYMENT, type Bench } from './bench.ts'

const PATIENT = { familyName: 'Proefpersoon', birthDate: '1950-02-03' }

/** A page of one patient; what comes up unforeseen does so by itself once the remark was filled in. */
const formOf = (happens: string) => `<h1>Afspraak</h1>
  <table aria-label="Patiënt"><tr><th scope="row">Achternaam</th><td id="name">${PATIENT.familyName}</td></tr>
  <tr><th scope="row">Geboortedatum</th><td>${PATIENT.birthDate}</td></tr></table>
  <form method="post" action="/opslaan"><label>Opmerking <input name="remark"></label><button>Opslaan</button></form>
  <button type="button" onclick="${happens}; document.title = 'gebeurd'">Controleren</button>`

const HAPPENINGS = {
  nothing: '',
  dialog: "alert('Dit dossier wordt bewerkt')",
  window: "window.open('/brief')",
  patient: "document.getElementById('name').textContent = 'Iemand-Anders'",
} as const

const HAPPENING = z.enum(['nothing', 'dialog', 'window', 'patient'])

const TABLE = {
  name: 'appointment.patient',
  table: 'Patiënt',
  parts: { familyName: 'Achternaam', birthDate: 'Geboortedatum' },
} as const

let bench: Bench
let site: Site
let saved: string[]
let opener: SystemOpener

beforeAll(async () => {
  site = await openSite((request, _response, body) => {
    if (request.url === '/opslaan') saved.push(body)
    const what = HAPPENING.safeParse(request.url?.slice(1)).data
    return request.url === '/opslaan' ? '<h1>Opgeslagen</h1>' : formOf(what ? HAPPENINGS[what] : '')
  })
  bench = await openBench()
  const { db } = bench
  const system = { hospital: 'oost', id: 'epd', kind: 'web' as const, address: site.origin }
  await putSystem(db, { ...system, seats: 4, settings: {} })
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', systems: { epd: 'epd' } })
  const environment = { PATH: process.env['PATH'] }
  const secrets = secretBox(randomBytes(32))
  opener = openingSystems({ db, secrets, log: silentLog, chromium: undefined, environment })
}, 60_000)
afterAll(async () => {
  await opener.close()
  await bench[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

/** Fills the page in, has the unforeseen happen, compares the patient (unless told not to), and presses. */
const savingBot = (what: keyof typeof HAPPENINGS, compares: boolean) =>
  defineBot({
    name: 'test-bot',
    title: { nl: 'Proef', en: 'Test' },
    purpose: { nl: 'Proef.', en: 'Test.' },
    activity: 'reporting',
    variants: { plain: { nl: 'gewoon', en: 'plain' } },
    settings: z.object({}),
    systems: { epd: 'web' },
    item: z.object({ reference: z.string(), value: z.string() }),
    reference: (item) => item.reference,
    async process({ value }, { systems: { epd }, act }) {
      const page = await epd.page()
      const save = page.getByRole('button', { name: 'Opslaan' })
      await act('save the remark', {
        payload: { value },
        find: () => Promise.resolve([]),
        async prepare() {
          await page.goto(`${site.origin}/${what}`)
          await page.getByLabel('Opmerking').fill(value)
          await page.getByRole('button', { name: 'Controleren' }).click()
          await happened(page)
          const shown = await readProperties(epd, page, TABLE)
          if (compares && comparePatients(PATIENT, shown) !== 'same')
            throw new Failure('unexpected', 'patient-differs', 'The page shows somebody else.')
          await readyToPress(save, 'the button "Opslaan"')
        },
        press: () => pressOnce(save),
        async confirm() {
          await page.getByRole('heading', { name: 'Opgeslagen' }).waitFor()
          return 'saved'
        },
      })
      return { variant: 'plain' }
    },
  })

/** Until it has happened, and a window that opened is closed again. */
async function happened(page: Page): Promise<void> {
  await page.waitForFunction(() => document.title === 'gebeurd')
  await expect.poll(() => page.context().pages().length).toBe(1)
}

/** The same systems, of which nobody asks whether anything unforeseen came up. */
const unguarded = (): SystemOpener => ({
  ...opener,
  open: async (row, holder) => ({ ...(await opener.open(row, holder)), checkCalm: () => Promise.resolve() }),
})

let number = 0

async function go(what: keyof typeof HAPPENINGS, compares: boolean, by: SystemOpener) {
  saved = []
  // Three in a row stop a deployment: here each case is on its own.
  await bench.db.updateTable('deployment').set({ stopped_at: null, stopped_reason: null }).execute()
  const item = await bench.addItem(`R-${++number}`, 'gebeld')
  const ending = await bench.go(savingBot(what, compares), item, { opener: by })
  const { code } = await bench.row(item)
  const acts = await bench.db.selectFrom('act').select('state').where('item', '=', item).execute()
  return { ending, code, saved: saved.length, acts: acts.map(({ state }) => state) }
}

describe('what comes up unforeseen on the screen stops an item before anything is pressed', () => {
  test.each([
    ['dialog', 'dialog-unexpected'],
    ['window', 'window-unexpected'],
    ['patient', 'patient-differs'],
  ] as const)('a %s', async (what, code) => {
    expect(await go(what, true, opener)).toEqual({ ending: 'parked', code, saved: 0, acts: [] })
  })

  test.each([
    ['nothing comes up', 'nothing', true],
    ['a dialog comes up and nobody asks', 'dialog', true],
    ['a window comes up and nobody asks', 'window', true],
    ['another patient comes up and the robot does not compare', 'patient', false],
  ] as const)('twin: when %s, it is pressed', async (_what, what, compares) => {
    const by = what === 'nothing' || what === 'patient' ? opener : unguarded()
    expect(await go(what, compares, by)).toMatchObject({ ending: 'done', saved: 1, acts: ['done'] })
  })
})

describe('a dialog that comes up while the press is being armed', () => {
  /** Looks as the product does, and right after its first look lets a dialog come up; later looks may be left out. */
  const disturbing = (looksAgain: boolean): SystemOpener => ({
    ...opener,
    async open(row, holder) {
      const opened = await opener.open(row, holder)
      let looks = 0
      return {
        ...opened,
        async checkCalm() {
          looks++
          if (looks === 1 || looksAgain) await opened.checkCalm()
          if (looks === 1 && opened.system.kind === 'web')
            await (await opened.system.page()).evaluate(() => alert('Dit dossier wordt bewerkt'))
        },
      }
    },
  })

  test('stops it too, and what was armed is taken back: nobody has to look it up', async () => {
    const { ending, code, saved: pressed, acts } = await go('nothing', true, disturbing(true))
    expect({ ending, code, pressed }).toEqual({ ending: 'parked', code: 'dialog-unexpected', pressed: 0 })
    expect(acts).not.toContain('armed')
  })

  test('twin: without the second look it is pressed', async () => {
    expect(await go('nothing', true, disturbing(false))).toMatchObject({ ending: 'done', saved: 1 })
  })
})
