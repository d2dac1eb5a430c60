import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import { linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { recordAccess } from '../../../orchestrator/ledger/access-log.ts'
import { answerMessage } from '../../../orchestrator/triggers/hl7.ts'
import { sortLeftBehind } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { typedNumberKey } from '../../../orchestrator/triggers/patient-numbers.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startWorker, type RunningWorker } from '../../../orchestrator/work/worker.ts'
import { SEEDED_PATIENT } from './seed-messages.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, type OpenedPage, type Pages } from './open-pages.ts'

let pages: Pages
let worker: RunningWorker

beforeAll(async () => {
  pages = await openPages({ settings: { ONTREGEL_HEARTBEAT_SECONDS: '0.5' } })
  const { db, doorbell, secrets, config } = pages.server.installation
  await sortLeftBehind(db, secrets)
  worker = await startWorker({
    ...{ db, doorbell, secrets, timing: config, clock: systemClock, log: silentLog, concurrency: 1 },
    bots: new Map(),
    opener: { open: () => Promise.reject(new Error('None.')), close: () => Promise.resolve() },
  })
}, 120_000)
afterAll(async () => {
  await worker.close()
  await pages[Symbol.asyncDispose]()
})

const open = (path: string): Promise<OpenedPage> => pages.openPage({ role: 'it' }, `/hospitals/noord/${path}`)
/** The process of this test: other rows are of workers that were only seeded. */
const OWN = `proces ${process.pid}`

test('a worker is drained, and put to work again', { timeout: 60_000 }, async () => {
  await using opened = await open('workers')
  const row = opened.page.getByRole('row').filter({ hasText: OWN })
  await row.getByText(/werkt$/).waitFor()
  await row.getByRole('button', { name: 'Leegmaken' }).click()
  const dialog = opened.page.getByRole('dialog')
  await dialog.getByText('neemt niets nieuws aan').waitFor()
  await dialog.getByRole('button', { name: 'Leegmaken' }).click()
  await row.getByText('leeg, neemt niets aan').waitFor()
  await row.getByText('op verzoek van it.noord').waitFor()
  await row.getByRole('button', { name: 'Weer laten werken' }).click()
  await opened.page.getByRole('dialog').getByRole('button', { name: 'Weer laten werken' }).click()
  await row.getByText(/werkt$/).waitFor()
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test(
  'a message that was set aside is found, seen masked, replayed and routed',
  { timeout: 60_000 },
  async () => {
    const { db, secrets, doorbell } = pages.server.installation
    const aside = {
      state: 'aside' as const,
      reason: 'What was read cannot be kept.',
      reason_code: 'message-unkept',
    }
    await db.updateTable('message').set(aside).where('control_id', '=', 'noord-2').execute()
    await using opened = await open('messages?state=aside')
    const { page } = opened
    await page.getByText('vraag de afzender wat er te lang of vreemd aan is').waitFor()
    await page.getByRole('link', { name: 'noord-2' }).click()
    await page.getByText('PID|•••').waitFor()
    expect(await page.locator('body').innerText()).not.toContain(SEEDED_PATIENT.family)
    await page.getByRole('button', { name: 'Inhoud tonen' }).click()
    await page.getByText(SEEDED_PATIENT.family).waitFor()
    await page.getByRole('button', { name: 'Opnieuw verwerken' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Opnieuw verwerken' }).click()
    await page.getByText('1 bericht wordt opnieuw verwerkt.').waitFor()
    await page.getByText('it.noord', { exact: true }).waitFor()
    const { id } = await db
      .selectFrom('message')
      .select('id')
      .where('control_id', '=', 'noord-2')
      .executeTakeFirstOrThrow()
    // What this test's worker may have done by now: messages go in the order of their arrival.
    for (const first of ['noord-1', 'noord-2']) {
      const row = await db
        .selectFrom('message')
        .select('id')
        .where('control_id', '=', first)
        .executeTakeFirstOrThrow()
      await answerMessage({ db, secrets, doorbell, bots: new Map() }, row.id)
    }
    // The page tells what it became by itself.
    await page.getByText(/niet nodig$/).waitFor()
    const seen = await db
      .selectFrom('access_entry')
      .select('action')
      .where('subject', '=', id)
      .where('actor', '=', 'it.noord')
      .execute()
    expect(seen.map(({ action }) => action)).toEqual(expect.arrayContaining(['read', 'reveal']))
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

test('messages are found by time and sender, chosen and replayed together', { timeout: 60_000 }, async () => {
  const { db } = pages.server.installation
  await db.updateTable('message').set({ state: 'ignored' }).where('hospital', '=', 'noord').execute()
  await db
    .updateTable('message')
    .set({ read_by: JSON.stringify({ 'referral-intake': '0.0.1+eerder' }) })
    .where('control_id', '=', 'noord-1')
    .execute()
  await using opened = await open('messages')
  const { page } = opened
  await page.getByLabel('Ontvangen voor').fill('2020-01-01T00:00')
  await page.getByRole('button', { name: 'Zoeken' }).click()
  await page.getByText('Geen berichten gevonden').waitFor()
  await page.getByRole('button', { name: 'Zoekvelden leegmaken' }).click()
  await page.getByLabel('Ontvangen vanaf').fill('2020-01-01T00:00')
  await page.getByLabel('Afzender').fill('ZIS|NOORD')
  await page.getByRole('button', { name: 'Zoeken' }).click()
  await page.getByLabel('Bericht noord-1 kiezen').check()
  await page.getByLabel('Bericht noord-3 kiezen').check()
  await page.getByText('2 gekozen').waitFor()
  await page.getByRole('button', { name: 'Gekozen berichten opnieuw verwerken' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Alleen als dezelfde versie nog draait').check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Opnieuw verwerken' }).click()
  await page
    .getByText(
      '1 bericht wordt opnieuw verwerkt. 1 is door een andere versie van de robot gelezen en blijft zoals het is.',
    )
    .waitFor()
  const turned = await db
    .selectFrom('message')
    .select(['control_id', 'handled_by'])
    .where('hospital', '=', 'noord')
    .where('control_id', 'in', ['noord-1', 'noord-3'])
    .orderBy('control_id')
    .execute()
  expect(turned).toEqual([
    { control_id: 'noord-1', handled_by: null },
    { control_id: 'noord-3', handled_by: 'it.noord' },
  ])
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test(
  'the access log of a patient is downloaded; the number is in no address',
  { timeout: 60_000 },
  async () => {
    const { db, secrets } = pages.server.installation
    const number = typedNumberKey(secrets, 'noord', SEEDED_PATIENT.number).toString('hex')
    await recordAccess(db, {
      ...{ hospital: 'noord', actor: { kind: 'person', id: 'jdv01' }, responsible: 'jdv01' },
      ...{ action: 'search', subject: { kind: 'patient', id: number }, outcome: 'given' },
    })
    await using opened = await open('access-log')
    const { page } = opened
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    expect(await page.getByRole('button', { name: 'Downloaden als CSV' }).isDisabled()).toBe(true)
    await page.getByLabel('BSN of patiëntnummer').fill(SEEDED_PATIENT.number)
    await page.getByRole('button', { name: 'Zoeken' }).click()
    await page.getByRole('cell', { name: 'jdv01 (medewerker)' }).waitFor()
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Downloaden als CSV' }).click()
    const file = await (await coming).path()
    const lines = (await readFile(file, 'utf8')).trim().split('\r\n')
    expect(lines.some((line) => line.includes('medewerker;jdv01;jdv01;gezocht;patiënt;'))).toBe(true)
    expect(lines.some((line) => line.includes('koppeling;channel/noord-adt;'))).toBe(true)
    expect(lines.join()).not.toContain(SEEDED_PATIENT.number)
    expect(asked.join()).not.toContain(SEEDED_PATIENT.number)
    const exported = await db
      .selectFrom('access_entry')
      .select(['actor', 'patients'])
      .where('action', '=', 'export')
      .execute()
    expect(exported).toEqual([{ actor: 'it.noord', patients: [Buffer.from(number, 'hex')] }])
  },
)

test('the log is checked', { timeout: 60_000 }, async () => {
  const { db, secrets } = pages.server.installation
  while ((await linkAccess(db, secrets)) > 0);
  await using opened = await open('access-log')
  await opened.page.getByRole('button', { name: 'Log controleren' }).click()
  await opened.page
    .getByRole('dialog')
    .getByText(/^.?Alle \d+ regels kloppen/)
    .waitFor()
})

test('the run log follows what happens', { timeout: 60_000 }, async () => {
  await using opened = await open('run-log')
  await opened.page.getByRole('switch', { name: 'Live meekijken' }).click()
  await opened.page.getByText('Nieuwe regels verschijnen vanzelf.').waitFor()
  const { db } = pages.server.installation
  const item = await db
    .selectFrom('item')
    .select('id')
    .where('hospital', '=', 'noord')
    .executeTakeFirstOrThrow()
  const line = {
    item: item.id,
    kind: 'step',
    attempt: 1,
    fence: 1,
    name: 'live te zien',
    worker: null,
    code: null,
    sentence: null,
    ms: 7,
    detail: null,
  }
  await db.insertInto('event').values(line).execute()
  await opened.page.getByText('Stap: live te zien').waitFor()
})
