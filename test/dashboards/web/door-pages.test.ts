import { TOTP } from 'otpauth'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, settled, type OpenedPage, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const PASSWORD = 'drie blauwe fietsen'
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** Invites somebody as the administrator of `noord`, and gives the link that is shown once. */
async function invite({ page }: OpenedPage, name: string, account: string): Promise<string> {
  await page.getByRole('button', { name: 'Iemand uitnodigen' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Naam', exact: true }).fill(name)
  await dialog.getByLabel('Accountnaam').fill(account)
  await dialog.getByLabel('beheerder').check()
  await dialog.getByRole('button', { name: 'Iemand uitnodigen' }).click()
  const link = await dialog.locator('pre').innerText()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Sluiten' }).last().click()
  return link
}

async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('Accountnaam').fill(account)
  await page.getByLabel('Wachtwoord', { exact: false }).first().fill(password)
  await page.getByRole('button', { name: 'Inloggen' }).click()
}

describe('coming in', () => {
  test('an invitation becomes an account, which signs in and goes on where it wanted to go', async () => {
    await using administrator = await pages.openPage({}, '/hospitals/noord/people')
    const link = await invite(administrator, 'Proef Persoon', 'proef.persoon')
    await administrator.page.getByText('uitgenodigd').waitFor()

    await using invited = await pages.openPage({ role: null }, new URL(link).pathname + new URL(link).hash)
    const { page } = invited
    await page.getByText('Er is een account gemaakt: proef.persoon').waitFor()
    await page.getByLabel('Nieuw wachtwoord').fill('kort')
    await page.getByText('tekens te kort').waitFor()
    await page.getByLabel('Nieuw wachtwoord').fill(PASSWORD)
    await page.getByRole('button', { name: 'Verder' }).click()
    await page.getByRole('link', { name: 'Account van Proef Persoon' }).waitFor()

    await page.goto(`${pages.server.address}/account`)
    await page.getByRole('banner').getByRole('button', { name: 'Uitloggen' }).click()
    await heading(page, 'Inloggen').waitFor()
    await page.goto(`${pages.server.address}/hospitals/noord/people`)
    await heading(page, 'Inloggen').waitFor()
    await signIn(page, 'proef.persoon', 'een verkeerd wachtwoord')
    await page.getByText('De naam, het wachtwoord of de code klopt niet.').waitFor()
    await signIn(page, 'proef.persoon', PASSWORD)
    await heading(page, 'Mensen').waitFor()
    expect(invited.watched.foreign).toEqual([])

    await page.goto(link)
    await page.reload()
    await page.getByText('Deze link is al gebruikt of verlopen.').waitFor()
  })

  test('the second step is set up by its key, then asked for', async () => {
    await using administrator = await pages.openPage({}, '/hospitals/noord/people')
    const link = await invite(administrator, 'Stap Twee', 'stap.twee')
    await using opened = await pages.openPage({ role: null }, new URL(link).pathname + new URL(link).hash)
    const { page } = opened
    await page.getByLabel('Nieuw wachtwoord').fill(PASSWORD)
    await page.getByRole('button', { name: 'Verder' }).click()
    await page.getByRole('link', { name: 'Account van Stap Twee' }).waitFor()
    await page.goto(`${pages.server.address}/account`)
    await page.getByRole('button', { name: 'Instellen' }).click()
    await page.getByRole('img', { name: /QR-code/ }).waitFor()
    await expectAccessible(page)
    const secret = (await page.locator('code').innerText()).replaceAll(/\s/g, '')
    const code = () => new TOTP({ secret }).generate()
    await page.getByLabel('Code van de authenticator-app').fill(code())
    await page.getByRole('button', { name: 'Bevestigen' }).click()
    await page.getByText('De tweede stap staat aan.').waitFor()

    await page.getByRole('button', { name: 'Overal uitloggen' }).click()
    await heading(page, 'Inloggen').waitFor()
    await signIn(page, 'stap.twee', PASSWORD)
    await page.getByLabel('Code van de authenticator-app').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.getByLabel('Code van de authenticator-app').fill('000000')
    await page.getByRole('button', { name: 'Inloggen' }).click()
    await page.getByText('De naam, het wachtwoord of de code klopt niet.').waitFor()
  })
})

describe('one’s own account', () => {
  test('the language changes at once, and so do the colours', async () => {
    await using opened = await pages.openPage({ role: 'it' }, '/account')
    const { page } = opened
    await page.getByLabel('Taal').selectOption('English')
    await heading(page, 'Own account').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByLabel('Colours').selectOption('Dark')
    await page.reload()
    await heading(page, 'Own account').waitFor()
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
  })
})

describe('tokens', () => {
  test('one is shown once, works, and stops when it is withdrawn', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/tokens')
    const { page } = opened
    await page.getByRole('button', { name: 'Token maken' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Waarvoor').fill('rapportage')
    await dialog.getByLabel('Rol').selectOption('controle')
    await dialog.getByRole('button', { name: 'Token maken' }).click()
    const token = await dialog.locator('pre').innerText()
    await dialog.getByRole('button', { name: 'Sluiten' }).last().click()
    const asMachine = () =>
      fetch(`${pages.server.address}/api/hospitals/noord/people`, {
        headers: { authorization: `Bearer ${token}` },
      })
    expect((await asMachine()).status).toBe(200)
    await page.getByRole('button', { name: 'Token rapportage intrekken' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Intrekken' }).click()
    await page.getByText('ingetrokken').waitFor()
    expect((await asMachine()).status).toBe(401)
    expect(await page.locator('body').innerText()).not.toContain(token)
  })
})

describe('a token for a robot of another make', () => {
  test('says what it may, may report and nothing else', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/tokens')
    const { page } = opened
    await page.getByRole('button', { name: 'Token maken' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Waarvoor').fill('bureaubladrobot')
    await dialog.getByLabel('Rol').selectOption('aanlevering')
    await dialog.getByText('Levert aan wat een robot van een ander merk deed').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Token maken' }).click()
    const authorization = `Bearer ${await dialog.locator('pre').innerText()}`
    const post = async (path: string) => {
      const headers = { authorization, 'content-type': 'application/json' }
      const address = `${pages.server.address}/api/hospitals/noord/${path}`
      return (await fetch(address, { method: 'POST', headers, body: '{}' })).status
    }
    // Let in, and told that nothing stands in it; signing it may not even try.
    expect([await post('reported-items'), await post('realised')]).toEqual([400, 403])
    await dialog.getByRole('button', { name: 'Sluiten' }).last().click()
    await page.getByRole('cell', { name: 'aanlevering' }).waitFor()
  })
})

describe('where nothing is', () => {
  test('an address that is no page says so, also to who is not signed in', async () => {
    await using opened = await pages.openPage({}, '/no-such-page')
    await heading(opened.page, 'Pagina niet gevonden').waitFor()
    await expectAccessible(opened.page)
    await using stranger = await pages.openPage({ role: null }, '/no-such-page')
    await settled(stranger.page)
    await heading(stranger.page, 'Pagina niet gevonden').waitFor()
  })

  test('a page that breaks shows a number that is in the log, and the log has nothing of the page', async () => {
    const lines: string[] = []
    await using own = await openPages({ onLog: (line) => lines.push(line) })
    await using opened = await own.openPage({}, '/account')
    const { page } = opened
    const odd = { rows: 'Mevrouw Geheim' }
    await page.route('**/assets/people-page-*.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `export default function Page() { throw new TypeError(${JSON.stringify(odd.rows)}) }`,
      }),
    )
    await page.getByRole('link', { name: 'Mensen' }).click()
    await heading(page, 'Deze pagina werkt nu niet').waitFor()
    const number = await page.locator('code').innerText()
    const line = lines.find((written) => written.includes(number)) ?? ''
    expect(JSON.parse(line)).toMatchObject({ code: 'TypeError', route: 'GET /hospitals/$hospital/people' })
    expect(lines.join('')).not.toContain(odd.rows)
    await expectAccessible(page)
  })

  test('an answer that went wrong shows the number that the log has', async () => {
    await using opened = await pages.openPage({}, '/account')
    const { page } = opened
    const error = { code: 'unforeseen', sentence: 'Something went wrong.', number: '1234-5678-9012' }
    await page.route('**/api/hospitals/noord/people', (route) =>
      route.fulfill({ status: 500, json: { error } }),
    )
    await page.getByRole('link', { name: 'Mensen' }).click()
    await page.getByText('1234-5678-9012').waitFor()
    await expectAccessible(page)
    await page.unroute('**/api/hospitals/noord/people')
    await page.getByRole('button', { name: 'Opnieuw proberen' }).click()
    await page.getByText('Wie bij Ziekenhuis Noord').waitFor()
  })
})
