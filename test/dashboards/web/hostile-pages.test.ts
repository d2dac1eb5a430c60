import { sql } from 'kysely'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pages as table } from '../../../dashboards/web/pages.ts'
import { ROLES } from '../../../orchestrator/ledger/roles.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import { messagePurpose } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { asOwner } from '../../speed/database-owner.ts'
import { openPages, type Pages } from './open-pages.ts'
import { addressOf, somebodyFor } from './page-looks.ts'

/** What a browser or a template might make something of; short, for names have limits. The column's name stands before it. */
const STING = '"><img src=x onerror=window.hit=1>{{hit}}'

/**
 * What is no free text: words of a list that the code knows, and what pages, times and addresses are found by. Each is
 * checked where it comes in, and nothing else gets into the ledger.
 */
const WORDS_OF_LISTS = new Set([
  'kind',
  'method',
  'activity',
  'outcome',
  'code',
  'variant',
  'deployment',
  'hospital',
])
const READ_AS_SOMETHING = new Set([
  ...[
    'account.password',
    'account.issuer',
    'account.subject',
    'deployment.bot',
    'draft.bot',
    'system.address',
  ],
  ...[
    'trigger.cron',
    'hospital.time_zone',
    'channel.charset',
    'channel.host',
    'change.subject',
    'change.what',
    'message.channel',
  ],
])

let pages: Pages
const logged: string[] = []
let stung: string[]

beforeAll(async () => {
  pages = await openPages({ onLog: (line) => void logged.push(line) })
  const { server } = pages
  for (const role of ROLES) await server.as(role, 'noord')
  const { db } = server.installation
  await recordSignIn(server.doorDb, { account: 'it.noord', way: 'password', outcome: 'in', address: '::1' })
  await db
    .updateTable('message')
    .set({ state: 'aside', reason: 'x' })
    .where('control_id', '=', 'noord-2')
    .execute()
  stung = await stingEverything(pages.server.installation.databaseUrl)
}, 180_000)
afterAll(() => pages[Symbol.asyncDispose]())

/**
 * Puts the text into every column of text that is no key and that the database takes it in: one that is added tomorrow
 * has it too. Gives their names.
 */
async function stingEverything(databaseUrl: string): Promise<string[]> {
  const owner = asOwner(databaseUrl)
  try {
    const { rows } = await sql<{ name: string; place: string; column: string }>`
      SELECT c.table_name || '.' || c.column_name AS name, c.table_name AS place, c.column_name AS column
      FROM information_schema.columns c
        JOIN pg_class p ON p.relname = c.table_name AND p.relnamespace = 'ontregel'::regnamespace
      WHERE c.table_schema = 'ontregel' AND c.data_type = 'text' AND p.relkind IN ('r', 'p') AND NOT p.relispartition
        AND NOT EXISTS (
          SELECT FROM information_schema.key_column_usage k
          WHERE k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name
        )
      ORDER BY 1`.execute(owner)
    // Rules that only code keeps, such as that a change stays as it was, are not what this is about.
    await sql`SET session_replication_role = replica`.execute(owner)
    const taken: string[] = []
    for (const { name, place, column } of rows) {
      if (READ_AS_SOMETHING.has(name) || WORDS_OF_LISTS.has(column)) continue
      const put = sql`UPDATE ${sql.table(place)} SET ${sql.ref(column)} = ${name} || ${STING} || ctid::text WHERE ${sql.ref(column)} IS NOT NULL`
      const { numAffectedRows } = await put.execute(owner).catch(isChecked)
      if (Number(numAffectedRows) > 0) taken.push(name)
    }
    const data = JSON.stringify({ appointment: STING, patient: STING, [STING]: STING })
    await sql`UPDATE item SET data = ${data}::jsonb`.execute(owner)
    await sql`UPDATE deployment SET settings = ${data}::jsonb`.execute(owner)
    await sql`UPDATE change SET before = ${data}::jsonb, after = ${JSON.stringify({ name: STING })}::jsonb`.execute(
      owner,
    )
    return taken
  } finally {
    await owner.destroy()
  }
}

/** The database itself takes only words of a list there, or one of each. */
function isChecked(error: unknown): { numAffectedRows: bigint } {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === '23514' || code === '23505') return { numAffectedRows: 0n }
  throw error
}

async function untouched(page: Page, where: string): Promise<void> {
  expect(await page.evaluate(() => 'hit' in window), where).toBe(false)
  const made =
    'main script, nav script, main img[src="x"], header img[src="x"], nav img[src="x"], a[href^="javascript"]'
  expect(await page.locator(made).count(), where).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), where).toBe(
    true,
  )
}

test('many fields hold it', () => {
  expect(stung.length).toBeGreaterThan(40)
  for (const name of [
    'hospital.name',
    'item.sentence',
    'event.name',
    'message.reason',
    'idea.title',
    'worker.host',
  ])
    expect(stung).toContain(name)
})

const seen = new Set<string>()

test.each(table.map((row) => [row.path, row] as const))(
  '%s shows it as text',
  { timeout: 60_000 },
  async (path, row) => {
    await using opened = await pages.openPage({ role: somebodyFor(row) }, addressOf(row, pages.seeded))
    const { page, watched } = opened
    const search = page.getByRole('search').getByRole('button', { name: 'Zoeken', exact: true })
    if (path.endsWith('/access-log')) await search.click()
    // The server's own sentence stands behind the Dutch one, closed.
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    await untouched(page, path)
    // The server's own sentence stands folded below the words for its code.
    await page.evaluate(() => document.querySelectorAll('details').forEach((folded) => (folded.open = true)))
    const words = await page.locator('body').innerText()
    for (const name of stung) if (words.includes(name)) seen.add(name)
    expect(watched, logged.at(-1)).toEqual({ errors: [], foreign: [] })
  },
)

test('what is in an HL7 message is shown as text', async () => {
  const { installation } = pages.server
  const bytes = Buffer.from(
    `MSH|^~\\&|ZIS|NOORD|||20261121||ADT^A08|N-1|P|2.4\rPID|1||7001^^^ZIS^PI||${STING}`,
    'latin1',
  )
  const sealed = installation.secrets.seal(messagePurpose('noord', 'noord-adt'), bytes)
  await installation.db
    .updateTable('message')
    .set({ sealed })
    .where('id', '=', pages.seeded.message)
    .execute()
  await using opened = await pages.openPage(
    { role: 'it' },
    `/hospitals/noord/messages/${pages.seeded.message}`,
  )
  await opened.page.getByRole('button', { name: 'Inhoud tonen' }).click()
  await opened.page.getByText('window.hit=1').first().waitFor()
  await untouched(opened.page, 'message')
})

/** A field that no page shows would prove nothing here. */
test('the fields that people read were on a page', () => {
  const read = [
    ...['hospital.name', 'item.sentence', 'event.name', 'event.sentence', 'message.reason', 'message.sender'],
    ...[
      'idea.title',
      'idea.explanation',
      'idea.department',
      'worker.host',
      'system.held_reason',
      'alarm.sentence',
    ],
    ...[
      'closing_day.name',
      'norm.name',
      'baseline.measured_by',
      'cost.note',
      'account.name',
      'act.reference',
    ],
    ...['hour_rate.function_group', 'deployment.responsible', 'evidence.label', 'sign_in.address'],
  ]
  expect(read.filter((name) => !seen.has(name))).toEqual([])
})

test('a page that took it for HTML would be seen', async () => {
  await using opened = await pages.openPage({}, '/account')
  await opened.page.evaluate((text) => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', `<p title="${text}">`)
  }, STING)
  await expect(untouched(opened.page, 'account')).rejects.toThrow('account')
})
