import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { expectHeading } from '../../../connectors/browser/expect-page.ts'
import { pressOnce } from '../../../connectors/browser/press.ts'
import { startPractice } from '../../practice-hospital/start.ts'
import { openPlainProxy } from './breaking-site.ts'
import { openBrowsers, systemAt } from './browsers.ts'

const signIn = {
  path: '/aanmelden',
  user: { label: 'Gebruikersnaam' },
  password: { label: 'Wachtwoord' },
  submit: { button: 'Aanmelden' },
  signedIn: { role: 'heading' as const, name: 'Register' },
}

/** A practice hospital whose changes all happen, and then break their connection. */
async function openPractice(seed: number) {
  const data = await mkdtemp(join(tmpdir(), 'ontregel-breaks-'))
  const size = { referrals: 0, appointments: 0, deaths: 0 }
  const clock = () => new Date()
  const log = () => undefined
  const practice = await startPractice({
    data,
    seed,
    patients: 20,
    size,
    clock,
    log,
    portBase: 0,
    idleMs: 60_000,
  })
  practice.hospital.faults.configure({ rate: 1, kinds: ['error-but-applied'], shows: ['reset'], seed })
  const { control, registry } = practice.addresses
  const accounts = (await (await fetch(`${control}/accounts`)).json()) as { registry: Credentials }
  const dispose = async () => {
    await practice.close()
    await rm(data, { recursive: true })
  }
  return {
    registry,
    account: accounts.registry,
    witness: practice.hospital.witness,
    [Symbol.asyncDispose]: dispose,
  }
}

interface Credentials {
  readonly user: string
  readonly password: string
}

async function fillIn(page: Page, address: string, marker: string): Promise<void> {
  await page.goto(`${address}/inzendingen/nieuw`)
  for (const label of ['Zaaknummer', 'Kenmerk', 'Waarde']) await page.getByLabel(label).fill(marker)
}

test.each([1, 2, 3, 4])(
  'a registry that takes an entry and breaks off has it once, seed %i',
  async (seed) => {
    await using practice = await openPractice(seed)
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(practice.registry, { signIn }), async () => practice.account)
    const page = await item.page()
    await fillIn(page, practice.registry, 'OR-1')
    await pressOnce(page.getByRole('button', { name: 'Insturen' }))
    const error = await expectHeading(page, 'Inzending ontvangen').catch((reason: unknown) => reason)
    expect(await item.failure(error)).toMatchObject({ kind: 'transient', code: 'connection-broken' })
    await item.abandon()
    expect(practice.witness.list().map(({ marker }) => marker)).toEqual(['OR-1'])

    await using proxy = await openPlainProxy()
    const { browser } = await browsers.pool.lease()
    const context = await browser.newContext({ proxy: { server: `socks5://127.0.0.1:${proxy.port}` } })
    const unguarded = await context.newPage()
    await unguarded.goto(practice.registry)
    await unguarded.getByLabel('Gebruikersnaam').fill(practice.account.user)
    await unguarded.getByLabel('Wachtwoord').fill(practice.account.password)
    await unguarded.getByRole('button', { name: 'Aanmelden' }).click()
    await fillIn(unguarded, practice.registry, 'OR-2')
    const failed = unguarded.waitForEvent('requestfailed')
    await unguarded.getByRole('button', { name: 'Insturen' }).click({ noWaitAfter: true })
    await failed
    expect(practice.witness.list().map(({ marker }) => marker)).toEqual(['OR-1', 'OR-2', 'OR-2'])
  },
)
