import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { putDeployment, type DeploymentSetup } from '../../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../../orchestrator/ledger/tables.ts'
import { settled } from '../open-pages.ts'
import { heard, HOSPITAL, openServed, SETTINGS, type Served, type Visitor } from './served.ts'

const CHANNEL = 'noord-adt'
const PATIENT = { number: '700123', family: 'Proefpersoon-Zwijger' }

const settingsWith = (patientNumberAuthority: string) => ({
  patientNumberAuthority,
  patientNumberSystem: 'urn:zis',
})

/** Reads the hospital's number under a name that its sender does not use. */
const WRONGLY_SET: DeploymentSetup = {
  ...{ id: 'noord-deceased', hospital: HOSPITAL, bot: 'deceased-appointments', mode: 'live', systems: {} },
  settings: settingsWith('EPD'),
  ...{ responsible: 'beheerder', outsideSeconds: 0, parkedShare: 0, baselines: [] },
  triggers: [{ id: 'noord-deceased-hl7', messageTypes: ['ADT^A08'] }],
}

const DEATH = [
  'MSH|^~\\&|ZIS|NOORD|ONTREGEL|NOORD|20261121120000||ADT^A08|Z-1|P|2.4',
  `PID|1||${PATIENT.number}^^^ZIS^PI||${PATIENT.family}||19400102|F|||||||||||||||||||||20261120|Y`,
]

async function prepare(db: LedgerDatabase): Promise<void> {
  await putDeployment(db, WRONGLY_SET)
  await db.insertInto('channel').values({ id: CHANNEL, hospital: HOSPITAL, port: 0, senders: [] }).execute()
}

/**
 * A morning of hospital IT: a worker is drained and stopped, a message that was set aside is found and, after its cause was
 * mended, replayed, and the access log of that patient and of a colleague is handed out.
 */
test.each(['nl', 'en'] as const)(
  'hospital IT drains a worker, replays a message and hands out the access log (%s)',
  { timeout: 240_000 },
  async (language) => {
    await using served = await openServed(prepare)
    const visitor = await served.visit(await served.linkFor('it', language), language)
    await visitor.page.getByRole('button', { name: visitor.t('door.welcome.go') }).click()
    await visitor.page.getByRole('heading', { level: 1, name: visitor.t('operate.workers.title') }).waitFor()
    await drainAndStop(visitor, served)
    await sendDeath(served)
    await findSetAside(visitor)
    await putDeployment(served.db, {
      ...WRONGLY_SET,
      settings: settingsWith('ZIS'),
    })
    await replay(visitor)
    await exportAccess(visitor, `it.${language}`)
    expect(visitor.watched).toEqual({ errors: [], foreign: [] })
  },
)

/** A second worker on the same machine: emptied first, then told to stop; its process ends by itself. */
async function drainAndStop({ page, t }: Visitor, { line }: Served): Promise<void> {
  const { child, ended } = line.start(['worker'], SETTINGS)
  const row = page.getByRole('row').filter({ hasText: t('operate.workers.process', { pid: child.pid ?? 0 }) })
  const tell = async (name: string) => {
    await row.getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await row.locator('.state', { hasText: t('operate.worker.works') }).waitFor({ timeout: 40_000 })
  await tell(t('operate.worker.drain'))
  await row.getByText(t('operate.worker.drained')).waitFor()
  expect(child.exitCode).toBe(null)
  await tell(t('operate.worker.stop'))
  await row.waitFor({ state: 'detached' })
  expect(await ended).toMatchObject({ code: 0 })
}

/** Over the channel's own port, as the hospital's own system would. */
async function sendDeath({ line, said }: Served): Promise<void> {
  const file = join(line.home, 'death.hl7')
  await writeFile(file, DEATH.join('\r'))
  const [, port = ''] = await heard(said, /channel noord-adt listens on [\d.]+:(\d+)/)
  expect(await line.run(['hl7', 'send', file, '--to', `127.0.0.1:${port}`])).toMatchObject({ code: 0 })
}

/** By the number of the patient, which is in no address; nothing of the patient shows before somebody asks for it. */
async function findSetAside({ page, t, goTo }: Visitor): Promise<void> {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await goTo(t('operate.channels.title'))
  await goTo(t('operate.messages.title'))
  await page.getByLabel(t('operate.messages.patient')).fill(PATIENT.number)
  await page.getByRole('button', { name: t('operate.messages.find'), exact: true }).click()
  await page
    .getByRole('row')
    .filter({ hasText: t('operate.message.state.aside') })
    .getByRole('link')
    .click()
  await page.getByText('PID|•••').waitFor()
  expect(await page.locator('body').innerText()).not.toContain(PATIENT.family)
  await page.getByRole('button', { name: t('operate.message.reveal') }).click()
  await page.getByText(PATIENT.family).waitFor()
  expect(asked.join('\n')).not.toContain(PATIENT.number)
}

async function replay({ page, t }: Visitor): Promise<void> {
  await page.getByRole('button', { name: t('operate.message.replay'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('operate.message.replay') })
    .click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect
    .poll(
      async () => {
        await page.reload()
        await settled(page)
        return await page.locator('main').innerText()
      },
      { timeout: 20_000 },
    )
    .toContain(t('operate.message.state.routed'))
}

/** Of the patient, and of the colleague who looked: what was looked at stands in both, the number in neither. */
async function exportAccess({ page, t, goTo }: Visitor, account: string): Promise<void> {
  await goTo(t('operate.access.title'))
  const exported = async (label: string, word: string) => {
    await page.getByLabel(t('operate.access.patient')).fill('')
    await page.getByLabel(t('operate.access.actor')).fill('')
    await page.getByLabel(label).fill(word)
    await page.getByRole('button', { name: t('operate.messages.find'), exact: true }).click()
    await page
      .getByRole('cell', { name: t('operate.access.action.reveal'), exact: true })
      .first()
      .waitFor()
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: t('operate.access.export') }).click()
    const text = await readFile(await (await coming).path(), 'utf8')
    expect(text).not.toContain(PATIENT.number)
    expect(text).not.toContain(PATIENT.family)
    return text.trim().split('\r\n')
  }
  const ofPatient = await exported(t('operate.access.patient'), PATIENT.number)
  const ofColleague = await exported(t('operate.access.actor'), account)
  for (const lines of [ofPatient, ofColleague])
    expect(lines.filter((line) => line.includes(account)).length).toBeGreaterThanOrEqual(2)
}
