import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { PDFDocument } from 'pdf-lib'
import { downloadBytes } from '../../../connectors/browser/download.ts'
import { maskedPicture } from '../../../connectors/browser/evidence.ts'
import { pdfText } from '../../../connectors/browser/pdf-text.ts'
import { snapshotWithoutPatients } from '../../../connectors/browser/page-snapshot.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

const bodyFor = (
  patient: string,
) => `<style>table{table-layout:fixed;width:400px}.naam{width:300px;height:20px;overflow:hidden}</style>
  <h1>Verwijzing</h1><label>Naam <input value="${patient}" placeholder="${patient}"></label>
  <table><tr><th>Patiënt</th><td>${patient}</td></tr></table>
  <dl><dt>Verzekerde</dt><dd>${patient}</dd></dl><div class=naam>${patient}</div>
  <iframe srcdoc="<table><td width=200>${patient}</td></table>"></iframe>`

describe('a picture', () => {
  test('is the same whoever the patient is, in frames too; without the mask it is not', async () => {
    await using site = await openSite((request) =>
      bodyFor(request.url === '/a' ? 'J. de Vries' : 'A. Jansen 2'),
    )
    await using browsers = await openBrowsers()
    const page = await (await browsers.item(systemAt(site.origin))).page()
    const pictures = async (take: () => Promise<Buffer>) => {
      const taken = []
      for (const path of ['/a', '/b']) {
        await page.goto(site.origin + path)
        taken.push(
          createHash('sha256')
            .update(await take())
            .digest('hex'),
        )
      }
      return taken
    }
    const [one, other] = await pictures(() => maskedPicture(page, { mask: ['.naam'] }))
    expect(one).toBe(other)
    const [bare, bareToo] = await pictures(() => page.screenshot())
    expect(bare).not.toBe(bareToo)
    const [unmarked, unmarkedToo] = await pictures(() => maskedPicture(page, {}))
    expect(unmarked).not.toBe(unmarkedToo)
    const [shown, shownToo] = await pictures(() => maskedPicture(page, { mask: ['.naam'], show: ['dd'] }))
    expect(shown).not.toBe(shownToo)
  })

  test('hides what could be a BSN wherever it stands', async () => {
    await using site = await openSite(
      (request) => `<p style="width:300px">Patiënt ${request.url === '/a' ? '123456782' : '111222333'}</p>`,
    )
    await using browsers = await openBrowsers()
    const page = await (await browsers.item(systemAt(site.origin))).page()
    await page.goto(`${site.origin}/a`)
    const one = await maskedPicture(page, {})
    await page.goto(`${site.origin}/b`)
    expect(one.equals(await maskedPicture(page, {}))).toBe(true)
  })

  test('is kept as evidence, cropped where a part is given', async () => {
    await using site = await openSite(() => '<h1 style="width:120px;height:30px;margin:0">Klaar</h1>')
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    const page = await item.page()
    await item.evidence('registered 123456782', page.locator('h1'))
    const [kept] = browsers.kept
    expect(kept).toMatchObject({ kind: 'picture', system: 'epd', label: 'registered [bsn]' })
    expect([kept?.png?.readUInt32BE(16), kept?.png?.readUInt32BE(20)]).toEqual([120, 30])
  })
})

describe('a failure', () => {
  test('is kept with picture, outline and steps, without the patient', async () => {
    await using site = await openSite(() => bodyFor('J. de Vries') + '<button>Opslaan</button>')
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    await item.page()
    await item.keepFailure('register', ['find', 'open 123456782'])
    const [kept] = browsers.kept
    expect(kept).toMatchObject({ kind: 'failure', label: 'register', steps: ['find', 'open [bsn]'] })
    const snapshot = kept?.kind === 'failure' ? kept.snapshot : undefined
    expect(snapshot).toContain('- button "Opslaan"')
    expect(snapshot).toContain('- textbox "Naam"')
    expect(snapshot).not.toContain('Vries')
    expect(kept?.png?.length).toBeGreaterThan(1000)
  })

  test('has an outline without names of patients wherever they stand', () => {
    const snapshot = [
      '- heading "Jan de Vries" [level=1]',
      '- text: Jan de Vries',
      '- textbox "Naam": Jan de Vries',
      '- list:',
      '  - listitem:',
      '    - button "Open Jan de Vries"',
      '    - link "Jan de Vries":',
      '      - /url: /patient/123456782',
      '- button "Opslaan" [disabled]',
      '- button "Dossier 4711"',
      '- \'button "Let op: Vries"\'',
    ].join('\n')
    expect(snapshotWithoutPatients(snapshot).split('\n')).toEqual([
      '- heading [level=1]',
      '- textbox "Naam"',
      '- list',
      '  - listitem',
      '    - button',
      '    - link',
      '- button "Opslaan" [disabled]',
      '- button',
      '- button "Let op: Vries"',
    ])
  })
})

describe('a letter', () => {
  const letter = async (...pages: string[]) => {
    const document = await PDFDocument.create()
    for (const text of pages) document.addPage().drawText(text)
    return document.save()
  }

  test('is downloaded in memory and read', async () => {
    const bytes = await letter('Geachte collega', 'Met vriendelijke groet')
    await using site = await openSite((request, response) => {
      if (request.url !== '/brief.pdf') return '<a href=/brief.pdf download>Brief</a>'
      response.setHeader('content-type', 'application/pdf')
      return void response.end(bytes)
    })
    await using browsers = await openBrowsers()
    const page = await (await browsers.item(systemAt(site.origin))).page()
    const press = () => page.getByRole('link').click()
    const got = await downloadBytes(page, press)
    expect(await pdfText(got)).toBe('Geachte collega\n\nMet vriendelijke groet')
    const large = downloadBytes(page, press, { bytes: 100, system: 'epd' })
    await expect(large).rejects.toMatchObject({ kind: 'business', code: 'download-too-large' })
    await expect(downloadBytes(page, async () => undefined, { limitMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
    })
  })

  test.each([
    ['no PDF', async () => Buffer.from('<html>')],
    ['empty', async () => Buffer.alloc(0)],
    ['damaged', async () => (await letter('x')).slice(0, 300)],
    ['a scan', () => letter('')],
    ['too many pages', () => letter('a', 'b', 'c')],
    ['too large', async () => Buffer.alloc(20_000)],
  ])('that cannot be read is for a person: %s', async (_what, make) => {
    const bytes = await make()
    const limits = { pages: 2, bytes: 10_000 }
    await expect(pdfText(bytes, limits)).rejects.toMatchObject({
      kind: 'business',
      code: 'letter-unreadable',
    })
  })
})
