import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { uploadByChooser, uploadInto } from '../../../connectors/browser/upload.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

const LETTER = 'Geachte collega, merkteken-4711'
const file = (name: string, content = LETTER) => ({
  name,
  mediaType: 'text/plain',
  content: Buffer.from(content),
})

const form = `<form action=/brief method=post enctype=multipart/form-data><label>Brief <input type=file name=brief multiple></label>
  <label>Een <input type=file name=een onchange="this.value = ''"></label>
  <button type=button onclick="this.form.brief.click()">Kies</button><button>Versturen</button></form>`

async function openForm() {
  const bodies: string[] = []
  const site = await openSite((request, _response, body) => {
    if (request.method === 'POST') bodies.push(body)
    return request.method === 'POST' ? '<h1>Ontvangen</h1>' : form
  })
  const browsers = await openBrowsers()
  const page = await (await browsers.item(systemAt(site.origin))).page()
  const send = async () => {
    await page.getByRole('button', { name: 'Versturen' }).click()
    await page.getByRole('heading', { name: 'Ontvangen' }).waitFor()
    return bodies.at(-1)
  }
  const dispose = async () => {
    await browsers[Symbol.asyncDispose]()
    await site[Symbol.asyncDispose]()
  }
  return { page, browsers, send, [Symbol.asyncDispose]: dispose }
}

/** Everything that stands in the browser's own folder. */
async function written(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1').catch(() => ''))
  return (await Promise.all(texts)).join('\n')
}

test('files reach the system from memory, by field and by button, and lie on no disk', async () => {
  await using opened = await openForm()
  const { page, browsers } = opened
  await uploadInto(page.getByLabel('Brief'), [file('brief.txt'), file('bijlage.txt', 'Bijlage')])
  const folder = browsers.started[0]?.folder ?? expect.unreachable()
  expect(await written(folder)).not.toContain(LETTER)
  const body = await opened.send()
  expect(body).toContain('filename="brief.txt"')
  expect(body).toContain(LETTER)
  expect(body).toContain('Bijlage')

  await page.goBack()
  const press = () => page.getByRole('button', { name: 'Kies' }).click()
  await uploadByChooser(page, press, [file('later.txt')])
  expect(await opened.send()).toContain('filename="later.txt"')
})

test('what the page does not keep is noticed, and what is too large is not begun', async () => {
  await using opened = await openForm()
  const { page } = opened
  const emptied = uploadInto(page.getByLabel('Een'), [file('brief.txt')], { system: 'epd' })
  await expect(emptied).rejects.toMatchObject({ kind: 'unexpected', code: 'upload-differs', system: 'epd' })
  const large = uploadInto(page.getByLabel('Brief'), [file('brief.txt')], { bytes: 10 })
  await expect(large).rejects.toMatchObject({ kind: 'business', code: 'upload-too-large' })
  expect(await page.getByLabel('Brief').inputValue()).toBe('')
  const nothing = uploadByChooser(page, () => Promise.resolve(), [file('brief.txt')], { limitMs: 50 })
  await expect(nothing).rejects.toMatchObject({ kind: 'transient', code: 'timeout' })
})
