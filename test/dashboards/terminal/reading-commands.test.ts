import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { openCommandLine, type CommandLine } from './run-cli.ts'
import { openSmallLedger, PATIENT, type SmallLedger } from './small-ledger.ts'

let ledger: SmallLedger
let line: CommandLine
const today = localDate(new Date(), 'Europe/Amsterdam')

beforeAll(async () => {
  ledger = await openSmallLedger()
  line = await openCommandLine(ledger.url)
})

afterAll(async () => {
  await line[Symbol.asyncDispose]()
  await ledger[Symbol.asyncDispose]()
})

/** Runs a command that must succeed, and gives its stdout without any patient in it or in stderr. */
async function ask(...args: string[]): Promise<string> {
  const { code, out, err } = await line.run(args)
  expect({ code, err }).toMatchObject({ code: 0 })
  for (const secret of [PATIENT.name, PATIENT.bsn]) expect(out + err).not.toContain(secret)
  return out
}

const asJson = async (...args: string[]): Promise<unknown> => JSON.parse(await ask(...args, '--json'))

describe('items', () => {
  test('are a table for people', async () => {
    const out = await ask('items')
    expect(out).toContain('V-101')
    expect(out).toContain('parked (business)')
    expect(out).toContain(ledger.queued.slice(0, 8))
  })

  test('are JSON for programs, without their data', async () => {
    const rows = z.array(z.record(z.string(), z.unknown())).parse(await asJson('items', '--state', 'parked'))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      id: ledger.parked,
      deployment: 'oost-referral-intake',
      reference: 'V-102',
      state: 'parked',
      code: 'letter-unreadable',
      attempt: 1,
    })
    expect(rows[0]).not.toHaveProperty('data')
  })

  test('are as many as asked for, of a deployment', async () => {
    const rows = await asJson('items', '--limit', '2', '--deployment', 'oost-referral-intake')
    expect(rows).toHaveLength(2)
  })

  test('of a deployment that is not there are an error, not an empty list', async () => {
    const { code, err } = await line.run(['items', '--deployment', 'west'])
    expect(code).toBe(1)
    expect(err).toContain('There is no deployment "west": see "ontregel deployments"')
  })
})

describe('item', () => {
  test('shows its whole history by the beginning of its id, and nothing of the patient', async () => {
    const out = await ask('item', ledger.done.slice(0, 8))
    for (const part of [
      'V-101',
      'Register the referral in the EHR',
      'EPD-5501',
      'Read the referral',
      'epd: confirmation',
      'late',
    ])
      expect(out).toContain(part)
    expect(out).toContain('on the clock of Europe/Amsterdam')
    expect(out).toContain(today)
  })

  test('as JSON has acts, events in order and evidence', async () => {
    const item = await asJson('item', ledger.done)
    const kinds = z
      .object({ events: z.array(z.object({ kind: z.string() })) })
      .parse(item)
      .events.map(({ kind }) => kind)
    expect(kinds).toEqual(['arrived', 'claimed', 'step', 'armed', 'pressed', 'act-done', 'done', 'late'])
    expect(item).toMatchObject({
      acts: [{ name: 'register the referral', state: 'done', how: 'pressed', reference: 'EPD-5501' }],
      evidence: [{ label: 'epd: confirmation', mediaType: 'image/png' }],
    })
    expect(item).not.toHaveProperty('data')
  })

  test.each(['00000000', 'no-such-id'])('%s is not there: says where ids are', async (id) => {
    const { code, err } = await line.run(['item', id])
    expect(code).toBe(1)
    expect(err).toContain('see "ontregel items"')
  })
})

test('deployments say how they stand', async () => {
  expect(await asJson('deployments')).toEqual([
    expect.objectContaining({
      ...{ id: 'oost-referral-intake', hospital: 'oost', mode: 'live', stoppedAt: null },
      ...{ waiting: 1, busy: 0, parked: 1, doneToday: 1 },
    }),
  ])
  expect(await ask('deployments')).toMatch(/oost-referral-intake.*referral-intake.*live/)
})

test('alarms say what happened', async () => {
  expect(await ask('alarms')).toContain('late')
  expect(await asJson('alarms', '--limit', '1')).toEqual([
    expect.objectContaining({ kind: 'late', item: ledger.done }),
  ])
})

test('bots are those of the catalogue', async () => {
  const listed = z.array(z.object({ name: z.string() })).parse(await asJson('bots'))
  expect(listed.map(({ name }) => name)).toEqual([...bots.keys()])
})

describe('savings', () => {
  const period = ['--from', today, '--to', today]

  test('come as table, JSON and CSV with the same figures', async () => {
    expect(await ask('savings', ...period)).toContain('oost-referral-intake')
    const json: unknown = JSON.parse(await ask('savings', ...period, '--format', 'json'))
    expect(json).toMatchObject({
      hospitals: [{ id: 'oost' }],
      deployments: [{ items: { done: 1, parked: 1 }, minutes: { gross: 6, human: 1, net: 5 } }],
    })
    const [head = '', row = ''] = (await ask('savings', ...period, '--format', 'csv')).split('\r\n')
    const cells = new Map(head.split(',').map((name, place) => [name, row.split(',')[place]]))
    expect(cells.get('netMinutes')).toBe('5')
  })

  test('of a hospital that is not there, or of a day that is none, name the field', async () => {
    const unknown = await line.run(['savings', ...period, '--hospital', 'west'])
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('Field hospital') })
    const noDay = await line.run(['savings', '--from', '2026-02-30', '--to', today])
    expect(noDay).toMatchObject({ code: 1, err: expect.stringContaining('Field from') })
  })

  test('are counted again; a credit that is not what happened ends with code 1', async () => {
    expect(await ask('savings', 'recount', ...period)).toContain('nothing differs')
    await ledger.db.updateTable('credit').set({ share: '0.5' }).where('item', '=', ledger.done).execute()
    const { code, out } = await line.run(['savings', 'recount', ...period])
    expect(code).toBe(1)
    expect(out).toContain('credit')
    expect(out).toContain(`ontregel item ${ledger.done}`)
    await ledger.db.updateTable('credit').set({ share: '1' }).where('item', '=', ledger.done).execute()
  })
})

describe('doctor', () => {
  const Report = z.object({
    ok: z.boolean(),
    findings: z.array(z.object({ about: z.string(), status: z.string(), sentence: z.string() })),
  })

  test('finds that this machine will do', async () => {
    const { ok, findings } = Report.parse(await asJson('doctor'))
    expect(ok).toBe(true)
    const abouts = new Set(findings.map(({ about }) => about))
    for (const about of [
      'Node',
      'Time zones',
      'Settings',
      'Data folder',
      'Database',
      'Queue',
      'Key file',
      'Browser',
      'FHIR',
      'HL7',
      'Access log',
    ])
      expect(abouts).toContain(about)
  })

  test('says when the whole access log was found right, and that it was not', async () => {
    const { db } = ledger
    const hash = Buffer.alloc(32)
    await db
      .insertInto('access_chain')
      .values({ hospital: 'oost', number: 3, hash, dropped_before: null })
      .execute()
    const whole = { whole_at: new Date('2026-11-21T02:00:00Z'), whole_rows: 3, whole_wrong: 0 }
    const none = {
      wrong_number: null,
      wrong_sentence: null,
      day: null,
      whole_number: null,
      whole_sentence: null,
    }
    await db
      .insertInto('access_check')
      .values({ hospital: 'oost', ...whole, ...none })
      .execute()
    const found = async () =>
      Report.parse(JSON.parse((await line.run(['doctor', '--json'])).out)).findings.filter(
        ({ about }) => about === 'Access log',
      )
    expect(await found()).toEqual([
      expect.objectContaining({
        status: 'ok',
        sentence: expect.stringContaining('all 3 rows fitted on 2026-11-21'),
      }),
    ])
    const wrong = { whole_wrong: 1, whole_number: 2, whole_sentence: 'The row is gone.' }
    await db.updateTable('access_check').set(wrong).execute()
    expect(await found()).toMatchObject([
      { status: 'problem', sentence: 'oost: number 2 does not fit. The row is gone.' },
    ])
    await db.deleteFrom('access_check').execute()
    await db.deleteFrom('access_chain').execute()
  })

  test('names what is wrong and what to do, and ends with code 1', async () => {
    await using broken = await openCommandLine('postgres://nobody:geheim@127.0.0.1:1/none')
    await writeFile(join(broken.home, 'secret.key'), Buffer.alloc(32).toString('base64'))
    await chmod(join(broken.home, 'secret.key'), 0o644)
    const { code, out, err } = await broken.run(['doctor'], { ONTREGEL_CHROMIUM: '/no/such/browser' })
    expect(code).toBe(1)
    expect(out).toContain('127.0.0.1:1')
    expect(out).toContain('chmod 600')
    expect(out).toContain('No Chromium starts')
    expect(out + err).not.toContain('geheim')
    const settings = await line.run(['doctor'], { ONTREGEL_HEARTBEAT_SECONDS: 'often' })
    expect(settings).toMatchObject({ code: 1, out: expect.stringContaining('ONTREGEL_HEARTBEAT_SECONDS') })
  })
})
