import { describe, expect, test } from 'vitest'
import { pressOnce, readyToPress } from '../../../connectors/browser/press.ts'
import { fillForm, part, readList, readProperties } from '../../../connectors/browser/screen-parts.ts'
import type { WebSystemSettings } from '../../../connectors/browser/session.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

/** A screen as one hospital has it: other words than the robot's own. */
const SCREEN = `<h1>Dossier</h1>
  <table aria-label="Persoon"><tr><th>Achternaam</th><td>Proef</td></tr><tr><th>Geboren</th><td>31-01-1970</td></tr></table>
  <table aria-label="Post"><thead><tr><th>Nr</th><th>Stand</th></tr></thead><tbody><tr><td><a href=/1>1</a></td><td>open</td></tr></tbody></table>
  <form action=/save method=post><label>Reden <input name=reason></label><button>Bewaren</button></form>`

const patient = { name: 'patient', table: 'Patiënt', parts: { surname: 'Naam', born: 'Geboren' } } as const
const inbox = { name: 'inbox', table: 'Post', parts: { number: 'Nummer', state: 'Stand' } } as const
const referral = { name: 'referral', labels: { reason: 'Vraagstelling' } } as const

const LOCATORS: NonNullable<WebSystemSettings['locators']> = {
  patient: { role: 'table', name: 'Persoon' },
  'patient.surname': { text: 'Achternaam' },
  'inbox.number': { text: 'Nr' },
  'referral.reason': { label: 'Reden' },
  save: { role: 'button', name: 'Bewaren' },
}

async function itemWith(more: Partial<WebSystemSettings>, body = SCREEN) {
  const site = await openSite((request) => (request.method === 'POST' ? '<h1>Bewaard</h1>' : body))
  const browsers = await openBrowsers()
  const item = await browsers.item(systemAt(site.origin, more))
  const dispose = async () => {
    await browsers[Symbol.asyncDispose]()
    await site[Symbol.asyncDispose]()
  }
  return { item, page: await item.page(), site, browsers, [Symbol.asyncDispose]: dispose }
}

describe('a screen that a hospital calls otherwise', () => {
  test('is read, filled in and pressed as its settings say', async () => {
    await using opened = await itemWith({ locators: LOCATORS })
    const { item, page, site } = opened
    expect(await readProperties(item, page, patient)).toEqual({ surname: 'Proef', born: '31-01-1970' })
    expect(await readList(item, page, inbox)).toMatchObject([{ cells: { number: '1', state: 'open' } }])
    await fillForm(item, page, referral, { reason: 'Hoest' })
    const save = part(item, page, 'save', { role: 'button', name: 'Opslaan' })
    await readyToPress(save, 'the button')
    item.checkCalm()
    await pressOnce(save)
    await expect.poll(() => site.asked).toContain('POST /save')
  })

  test('is not known without them, and nothing is pressed', async () => {
    await using opened = await itemWith({})
    const { item, page, site } = opened
    const changed = { kind: 'unexpected', code: 'page-unexpected', system: 'epd' }
    await expect(readProperties(item, page, patient)).rejects.toMatchObject(changed)
    await expect(readList(item, page, inbox)).rejects.toMatchObject(changed)
    // What to call it is said, so that an administrator can describe it.
    await expect(readProperties(item, page, patient)).rejects.toThrow(
      'describe it as "patient" in the settings of system epd.',
    )
    await expect(readList(item, page, inbox)).rejects.toThrow('describe it as "inbox.number"')
    await expect(fillForm(item, page, referral, { reason: 'Hoest' })).rejects.toThrow(
      'describe it as "referral.reason"',
    )
    await expect(fillForm(item, page, referral, { reason: 'Hoest' })).rejects.toMatchObject({
      kind: 'unexpected',
      code: 'field-missing',
    })
    const save = part(item, page, 'save', { role: 'button', name: 'Opslaan' })
    await expect(readyToPress(save, 'the button', 300)).rejects.toMatchObject({ code: 'press-missing' })
    expect(site.asked).toEqual(['GET /'])
  })
})

describe('what comes up between getting ready and pressing', () => {
  const asking = SCREEN.replace('<h1>', `<script>setTimeout(() => alert('Let op'), 50)</script><h1>`)

  test.each([
    ['stops the item', {}, ['GET /']],
    [
      'unless the settings expect it',
      { dialogs: [{ message: 'Let op', accept: true }] },
      ['GET /', 'POST /save'],
    ],
  ])('%s', async (_what, more, asked) => {
    await using opened = await itemWith({ locators: LOCATORS, ...more }, asking)
    const { item, page, site } = opened
    const save = part(item, page, 'save', { role: 'button', name: 'Opslaan' })
    // Answered and gone either way, so the button itself is ready.
    await page.waitForEvent('dialog', { timeout: 3_000 }).catch(() => undefined)
    await readyToPress(save, 'the button')
    const press = async () => {
      item.checkCalm()
      await pressOnce(save)
      await page.getByRole('heading', { name: 'Bewaard' }).waitFor()
    }
    await press().catch((error: unknown) => expect(error).toMatchObject({ code: 'dialog-unexpected' }))
    expect(site.asked).toEqual(asked)
  })
})
