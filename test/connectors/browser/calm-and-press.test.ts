import { describe, expect, test } from 'vitest'
import { expectHeading, expectOneOf, expectText } from '../../../connectors/browser/expect-page.ts'
import { Failure } from '../../../connectors/failure.ts'
import { locate } from '../../../connectors/browser/locate.ts'
import { pressOnce, readyToPress } from '../../../connectors/browser/press.ts'
import type { WebSystemSettings } from '../../../connectors/browser/session.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

/** An item whose page has this body, until the test ends. */
async function itemWith(body: string, more: Partial<WebSystemSettings> = {}) {
  const site = await openSite((request, response) => {
    // Answers at once and never ends: a page that stays loading.
    if (request.url === '/endless.js') return void response.write('//')
    return body
  })
  const browsers = await openBrowsers()
  const item = await browsers.item(systemAt(site.origin, more))
  const dispose = async () => {
    await browsers[Symbol.asyncDispose]()
    await site[Symbol.asyncDispose]()
  }
  return { item, page: await item.page(), browsers, site, [Symbol.asyncDispose]: dispose }
}

describe('what comes up unforeseen stops the item before pressing', () => {
  test.each([
    ['alert', "alert('Let op 123456782')"],
    ['confirm', "document.title = confirm('Zeker?')"],
  ])('a dialog: %s', async (_kind, script) => {
    await using opened = await itemWith(`<script>setTimeout(() => { ${script} }, 20)</script>`)
    await expect.poll(() => opened.browsers.events.map(({ kind }) => kind)).toContain('dialog')
    expect(() => opened.item.checkCalm()).toThrow(
      expect.objectContaining({ kind: 'unexpected', code: 'dialog-unexpected', system: 'epd' }),
    )
    await expect(opened.item.failure(new Error('x'))).resolves.toMatchObject({ code: 'dialog-unexpected' })
    const pressed = new Failure('unsure', 'press-unsure', 'It may have happened.')
    await expect(opened.item.failure(pressed)).resolves.toBe(pressed)
    expect(JSON.stringify(opened.browsers.events)).not.toContain('123456782')
  })

  test('but not one that the settings expect, which is answered', async () => {
    const dialogs = [{ message: 'Zeker', accept: true }]
    await using opened = await itemWith(
      `<h1>Vraag</h1><button onclick="document.title = confirm('Zeker weten?')">Vraag</button>`,
      { dialogs },
    )
    await opened.page.getByRole('button').click()
    await opened.page.waitForFunction(() => document.title === 'true')
    opened.item.checkCalm()
  })

  test('a window of its own, unless the system does that', async () => {
    const body = `<button onclick="window.open('/brief')">Brief</button>`
    await using opened = await itemWith(body)
    await opened.page.getByRole('button').click()
    await expect.poll(() => opened.browsers.events.map(({ kind }) => kind)).toContain('window')
    await expect.poll(() => opened.page.context().pages().length).toBe(1)
    expect(() => opened.item.checkCalm()).toThrow('opened a window')

    await using allowed = await itemWith(body, { opensWindows: true })
    const [letter] = await Promise.all([
      allowed.page.waitForEvent('popup'),
      allowed.page.getByRole('button').click(),
    ])
    await letter.waitForLoadState()
    allowed.item.checkCalm()
  })

  test('a crash', async () => {
    await using opened = await itemWith('<h1>Start</h1>')
    await opened.page.goto('chrome://crash').catch(() => undefined)
    await expect.poll(() => opened.browsers.events.map(({ kind }) => kind)).toContain('crash')
    expect(() => opened.item.checkCalm()).toThrow(
      expect.objectContaining({ kind: 'transient', code: 'page-crashed' }),
    )
    await opened.item.end()
  })
})

describe('pressing', () => {
  test.each([
    ['press-missing', '<h1>Leeg</h1>'],
    ['press-ambiguous', '<button>Opslaan</button><button>Opslaan</button>'],
    ['press-blocked', '<button disabled>Opslaan</button>'],
    ['press-blocked', '<button>Opslaan</button><div style="position:fixed;inset:0"></div>'],
    [
      'press-blocked',
      '<style>@keyframes a{to{margin-left:600px}}button{animation:a 9s}</style><button>Opslaan</button>',
    ],
  ])('is not ready: %s: %s', async (code, body) => {
    await using opened = await itemWith(body)
    const button = opened.page.getByRole('button', { name: 'Opslaan' })
    await expect(readyToPress(button, 'the button "Opslaan"', 400)).rejects.toMatchObject({
      kind: 'unexpected',
      code,
    })
  })

  test('happens once and not while getting ready; a page that answers late is not waited for', async () => {
    await using opened = await itemWith('<form action=/save method=post><button>Opslaan</button></form>')
    const button = opened.page.getByRole('button')
    await readyToPress(button, 'the button')
    expect(opened.site.asked).toEqual(['GET /'])
    await pressOnce(button)
    await expect.poll(() => opened.site.asked).toEqual(['GET /', 'POST /save'])
  })

  test('that is not sure to have happened says so', async () => {
    await using opened = await itemWith('<button disabled>Opslaan</button>')
    await expect(pressOnce(opened.page.getByRole('button'))).rejects.toMatchObject({
      kind: 'unsure',
      code: 'press-unsure',
    })
  })
})

describe('the page a robot expects', () => {
  test('is waited for, else named', async () => {
    await using opened = await itemWith(
      '<h1>Zoeken</h1><h2 hidden>Gevonden</h2><script>setTimeout(() => document.querySelector("h2").hidden = false, 60)</script><p>Klaar</p>',
    )
    const { page } = opened
    await expectHeading(page, 'Gevonden')
    await expectText(page, 'Klaar')
    const conditions = {
      none: page.getByText('Niets'),
      found: page.getByRole('heading', { name: 'Gevonden' }),
    }
    expect(await expectOneOf(page, conditions, 'a result')).toBe('found')
    const other = expectHeading(page, 'Zoek', { limitMs: 100, system: 'epd' })
    await expect(other).rejects.toMatchObject({ kind: 'unexpected', code: 'page-unexpected', system: 'epd' })
    await expect(other).rejects.toThrow('the heading "Zoek"')
  })

  test('is told apart from a page that is still on its way', async () => {
    await using opened = await itemWith(
      '<h1>Start</h1><button onclick="document.body.append(Object.assign(document.createElement(`iframe`), { srcdoc: `<script src=/endless.js></script>` }))">Laad</button>',
    )
    await opened.page.getByRole('button').click()
    const frame = opened.page.frameLocator('iframe')
    await expect(expectHeading(frame, 'Straks', { limitMs: 100 })).rejects.toMatchObject({
      kind: 'transient',
      code: 'page-slow',
    })
  })

  test('has elements that a hospital calls otherwise', async () => {
    await using opened = await itemWith('<button id=a>Bewaren</button><label>BSN <input></label>', {
      locators: { save: { role: 'button', name: 'Bewaren' } },
    })
    const { item, page } = opened
    const fallback = { role: 'button', name: 'Opslaan' } as const
    await expect(locate(page, item.locators, 'save', fallback).count()).resolves.toBe(1)
    await expect(locate(page, {}, 'save', fallback).count()).resolves.toBe(0)
    await expect(locate(page, { save: { css: '#a' } }, 'save', fallback).count()).resolves.toBe(1)
    await expect(locate(page, undefined, 'bsn', { label: 'BSN' }).count()).resolves.toBe(1)
    await expect(locate(page, undefined, 'text', { text: 'Bewaren' }).count()).resolves.toBe(1)
  })
})
