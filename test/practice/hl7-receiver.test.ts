import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startPracticeProcess, temporaryFolder, type PracticeProcess } from './practice-process.ts'

let practice: PracticeProcess
const folder = temporaryFolder()
beforeAll(async () => {
  practice = await startPracticeProcess(
    folder.path,
    '--patients',
    '20',
    '--referrals',
    '0',
    '--appointments',
    '0',
  )
})
afterAll(async () => {
  await practice[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const Patients = z.array(z.object({ zis: z.string() }))
const aPatient = async () => Patients.parse(await practice.control('/patients'))[0]?.zis ?? ''

function message(controlId: string, zis: string, application: string, text = 'Tekst'): string {
  const head = `MSH|^~\\&|ONTREGEL|OOST|${application}|OOST|20261122||SIU^S12|${controlId}|P|2.4|||||NLD|8859/1`
  return [head, `SCH|A-1|${text}`, `PID|1||123456782^^^NLMINBIZA~${zis}^^^ZIS^PI`, ''].join('\r')
}

/** The answer's MSA, or undefined when the connection broke or stayed silent for half a second. */
async function sent(text: string): Promise<string | undefined> {
  const { hostname, port } = new URL(practice.at.hl7.replace('mllp:', 'http:'))
  const socket = connect({ host: hostname, port: Number(port) })
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', () => socket.write(Buffer.from(`\x0b${text}\x1c\r`, 'latin1')))
      socket.once('data', (chunk) => resolve(/^MSA.*$/m.exec(chunk.toString().replaceAll('\r', '\n'))?.[0]))
      socket.once('close', () => resolve(undefined))
      socket.setTimeout(500, () => resolve(undefined))
    })
  } finally {
    socket.destroy()
  }
}

const Effects = z.array(
  z.object({ key: z.string(), account: z.string(), detail: z.record(z.string(), z.string()) }),
)
async function takenOf(controlId: string) {
  const effects = Effects.parse(await practice.control('/witness?kind=message-taken'))
  return effects.filter(({ key }) => key === controlId)
}

test('a message is taken, answered by its control id and told to the witness', async () => {
  const zis = await aPatient()
  expect(await sent(message('M1', zis, 'RIS'))).toBe('MSA|AA|M1')
  expect(await takenOf('M1')).toEqual([
    { key: 'M1', account: 'ONTREGEL', detail: { application: 'RIS', type: 'SIU^S12', zis } },
  ])
})

test('one of its applications recognises what it had before, the other does it again', async () => {
  const zis = await aPatient()
  for (const application of ['RIS', 'PLANNING'])
    for (let time = 0; time < 2; time++)
      expect(await sent(message(`TWICE-${application}`, zis, application))).toBe(
        `MSA|AA|TWICE-${application}`,
      )
  expect(await takenOf('TWICE-RIS')).toHaveLength(1)
  expect(await takenOf('TWICE-PLANNING')).toHaveLength(2)
  expect(await sent(message('TWICE-RIS', zis, 'RIS', 'Anders'))).toBe('MSA|AE|TWICE-RIS')
})

test('who is not there, and a patient who is not known, are refused', async () => {
  expect(await sent(message('NO-1', await aPatient(), 'LAB'))).toBe('MSA|AR|NO-1')
  expect(await sent(message('NO-2', '99999999', 'RIS'))).toBe('MSA|AE|NO-2')
  expect(await takenOf('NO-2')).toEqual([])
})

test.each([
  ['error-not-applied', 'status', 'MSA|AE|', 0],
  ['error-not-applied', 'reset', undefined, 0],
  ['error-but-applied', 'status', undefined, 1],
  ['error-but-applied', 'reset', undefined, 1],
])('%s, shown as %s', async (kind, shows, answer, taken) => {
  const id = `${kind}-${shows}`
  await practice.control('/faults', { rate: 1, kinds: [kind], shows: [shows] })
  const answered = await sent(message(id, await aPatient(), 'RIS')).catch(() => undefined)
  await practice.control('/faults', { rate: 0 })
  expect(answered).toBe(answer === undefined ? undefined : answer + id)
  expect(await takenOf(id)).toHaveLength(taken)
})
