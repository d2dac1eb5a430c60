import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { readProperties } from '../../../connectors/browser/screen-parts.ts'
import { silentLog } from '../../../connectors/log.ts'
import { NO_PRESS } from '../../../connectors/press-guard.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { putSystem } from '../../../orchestrator/ledger/setup.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openingSystems } from '../../../orchestrator/work/opening-systems.ts'
import { openSite, type Site } from '../../connectors/browser/site.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'

/** A table that the robot knows by other words. */
const SCREEN = `<h1>Dossier</h1>
  <table aria-label="Persoon"><tr><th scope="row">Achternaam</th><td>Proef</td></tr></table>`
const TABLE = { name: 'patient', table: 'Patiënt', parts: { surname: 'Naam' } } as const

let pages: Pages
let site: Site

beforeAll(async () => {
  pages = await openPages()
  site = await openSite(() => SCREEN)
  const system = { hospital: 'noord', id: 'dossier', kind: 'web' as const, address: site.origin }
  await putSystem(pages.server.installation.db, { ...system, seats: 1, settings: {} })
}, 120_000)
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await pages[Symbol.asyncDispose]()
})

/** What a robot reads there as the ledger has the system now. */
async function read(): Promise<unknown> {
  const { db } = pages.server.installation
  const secrets = secretBox(randomBytes(32))
  const environment = { PATH: process.env['PATH'] }
  const opener = openingSystems({ db, secrets, log: silentLog, chromium: undefined, environment })
  try {
    const row = await db
      .selectFrom('system')
      .selectAll()
      .where('id', '=', 'dossier')
      .executeTakeFirstOrThrow()
    const holder = { attempt: 1, signal: new AbortController().signal, guard: NO_PRESS }
    const { system } = await opener.open(row, holder)
    if (system.kind !== 'web') throw new Error('It is a web system.')
    return await readProperties(system, await system.page(), TABLE)
  } finally {
    await opener.close()
  }
}

test(
  'what is called otherwise is described on the page, and the next item finds it',
  { timeout: 90_000 },
  async () => {
    await expect(read()).rejects.toThrow('describe it as "patient" in the settings of system dossier.')
    await using opened = await pages.openPage({}, '/hospitals/noord/systems/dossier')
    const { page } = opened
    await page.getByRole('button', { name: 'Onderdeel toevoegen' }).click()
    const first = page.getByRole('group', { name: 'Onderdeel 1' })
    await first.getByLabel('Naam bij de robot').fill('patient')
    await first.getByLabel('Te vinden aan').selectOption('soort en naam')
    await first.getByLabel('Soort onderdeel').selectOption('table')
    await first.getByLabel('Naam op het scherm').fill('Persoon')
    await page.getByRole('button', { name: 'Onderdeel toevoegen' }).click()
    const second = page.getByRole('group', { name: 'Onderdeel 2' })
    await second.getByLabel('Naam bij de robot').fill('patient.surname')
    await second.getByLabel('Te vinden aan').selectOption('tekst')
    await second.getByLabel('Tekst').fill('Achternaam')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Opslaan' }).click()
    await page.getByText('Opgeslagen').first().waitFor()
    expect(await read()).toEqual({ surname: 'Proef' })
    await page.reload()
    expect(await second.getByLabel('Naam bij de robot').inputValue()).toBe('patient.surname')
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

test(
  'it goes out as YAML, is taken away on the page, and comes back from YAML',
  { timeout: 90_000 },
  async () => {
    const { db } = pages.server.installation
    const text = configText(await exportConfig(db, 'noord'))
    expect(text).toMatch(/ patient:\n +name: Persoon\n +role: table\n +patient\.surname:\n +text: Achternaam/)
    await using opened = await pages.openPage({}, '/hospitals/noord/systems/dossier')
    const { page } = opened
    await page.getByRole('button', { name: 'Onderdeel 2 weghalen' }).click()
    await page.getByRole('button', { name: 'Onderdeel 1 weghalen' }).click()
    await page.getByRole('button', { name: 'Opslaan' }).click()
    await page.getByText('Opgeslagen').first().waitFor()
    await expect(read()).rejects.toThrow('describe it as "patient"')
    const [hospital] = (await exportConfig(db, 'noord')).hospitals
    expect(hospital?.systems.find(({ id }) => id === 'dossier')?.settings).not.toHaveProperty('locators')
    const around = { bots, account: 'ada', today: '2026-11-21', dryRun: false }
    await applyConfig(db, readConfigFile(text), around)
    expect(await read()).toEqual({ surname: 'Proef' })
  },
)
