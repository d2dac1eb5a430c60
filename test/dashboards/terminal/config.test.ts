import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { openCommandLine, type CommandLine } from './run-cli.ts'
import { openSmallLedger, PATIENT, type SmallLedger } from './small-ledger.ts'

let ledger: SmallLedger
let line: CommandLine

beforeAll(async () => {
  ledger = await openSmallLedger()
  line = await openCommandLine(ledger.url)
})

afterAll(async () => {
  await line[Symbol.asyncDispose]()
  await ledger[Symbol.asyncDispose]()
})

test('what is exported can be applied again and changes nothing; what differs is shown, and done when it is not a trial', async () => {
  const file = join(line.home, 'oost.yaml')
  const { code, out } = await line.run(['config', 'export', '--hospital', 'oost'])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('oost-referral-intake') })
  for (const secret of [PATIENT.name, PATIENT.bsn]) expect(out).not.toContain(secret)
  await writeFile(file, out)
  const again = await line.run(['config', 'apply', file, '--account', 'ada'])
  expect(again).toMatchObject({ code: 0, out: '', err: expect.stringContaining('nothing was changed') })

  await writeFile(file, out.replace('name: Ziekenhuis Oost', 'name: Ziekenhuis Oost-Nieuw'))
  const shown = 'oost hospital oost\n  "Ziekenhuis Oost" -> "Ziekenhuis Oost-Nieuw"\n'
  const trial = await line.run(['config', 'apply', file, '--account', 'ada', '--dry-run'])
  expect(trial).toMatchObject({ code: 0, out: shown, err: expect.stringContaining('nothing was kept') })
  const done = await line.run(['config', 'apply', file, '--account', 'ada', '--json'])
  expect(JSON.parse(done.out)).toMatchObject({
    changes: [{ what: 'hospital', after: 'Ziekenhuis Oost-Nieuw' }],
    uncounted: [],
  })
  const { name } = await ledger.db.selectFrom('hospital').select('name').executeTakeFirstOrThrow()
  expect(name).toBe('Ziekenhuis Oost-Nieuw')

  const back = await line.run(['config', 'export', '--out', file])
  expect(back.out).toBe('')
  expect(await readFile(file, 'utf8')).toContain('Oost-Nieuw')
})

test('what is not right is told with its line, and changes nothing', async () => {
  const file = join(line.home, 'wrong.yaml')
  await writeFile(file, 'ontregel: 1\nhospitals:\n  - id: oost\n    nam: Oost\n')
  const wrong = await line.run(['config', 'apply', file, '--account', 'ada'])
  expect(wrong).toMatchObject({
    code: 1,
    err: expect.stringContaining('line 4, hospitals[0].nam: is not known here'),
  })
  expect(await line.run(['config', 'apply', join(line.home, 'gone.yaml'), '--account', 'ada'])).toMatchObject(
    {
      code: 1,
      err: expect.stringContaining('cannot be read'),
    },
  )
  expect((await line.run(['config', 'apply', file])).code).toBe(2)
  expect((await line.run(['config', 'apply', file, '--account', 'Ada Lovelace'])).err).toContain('--account')
})

test('a file that closes a chain says which items count nothing from then on', async () => {
  const { db } = ledger
  await putDeployment(db, {
    ...{ id: 'oost-second', hospital: 'oost', bot: 'letters', mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'ada', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [] },
  })
  const today = localDate(new Date(), 'Europe/Amsterdam')
  const [begins, ends] = [dayAfter(today, 30), dayAfter(today, 90)]
  const by = { account: 'ada', today }
  await addChain(db, by, {
    ...{ hospital: 'oost', name: 'keten', validFrom: begins, baselineVariant: 'known-patient' },
    baselineDeployment: 'oost-referral-intake',
    parts: [
      { deployment: 'oost-referral-intake', variant: 'known-patient', share: 0.5 },
      { deployment: 'oost-second', variant: 'letter', share: 0.5 },
    ],
  })
  const file = join(line.home, 'chain.yaml')
  const { out } = await line.run(['config', 'export', '--hospital', 'oost'])
  await writeFile(
    file,
    out.replace(`validFrom: ${begins}`, `validFrom: ${begins}\n        validUntil: ${ends}`),
  )
  const apply = ['config', 'apply', file, '--account', 'ada', '--dry-run']
  const told = `Mind: from ${ends} items of oost-second, variant "letter", count nothing: they have no baseline then (0 of them counted in the last 28 days, 0.0 a day). Add a baseline that is valid from ${ends}.`
  expect(await line.run(apply)).toMatchObject({ code: 0, err: expect.stringContaining(told) })
  const json = await line.run([...apply, '--json'])
  expect(JSON.parse(json.out)).toMatchObject({ uncounted: [{ deployment: 'oost-second', items: 0 }] })
})
