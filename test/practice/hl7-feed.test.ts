import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openExpected } from '../practice-hospital/expected.ts'
import { expectedEffects } from '../practice-hospital/fhir/expected-effects.ts'
import { startFhirServer } from '../practice-hospital/fhir/server.ts'
import { createHl7Feed } from '../practice-hospital/hl7/feed.ts'
import { temporaryFolder, openTestHospital } from './fhir-endpoint.ts'

interface Receiver extends AsyncDisposable {
  readonly port: number
  /** Every frame in the order of arrival, without its frame. */
  readonly frames: Buffer[]
}

/** A TCP peer that answers the n-th frame (from 0) as told, or stays silent. */
async function startReceiver(answer: (frame: Buffer, nth: number) => string | undefined): Promise<Receiver> {
  const frames: Buffer[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    let rest = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (let end = rest.indexOf('\x1c\r'); end >= 0; end = rest.indexOf('\x1c\r')) {
        const frame = rest.subarray(rest.indexOf('\x0b') + 1, end)
        rest = rest.subarray(end + 2)
        frames.push(frame)
        const code = answer(frame, frames.length - 1)
        if (code !== undefined)
          socket.write(`\x0bMSH|^~\\&|A|B|C|D|20260101||ACK|1|P|2.4\rMSA|${code}|${controlId(frame)}\r\x1c\r`)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    frames,
    [Symbol.asyncDispose]: async () => {
      sockets.forEach((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}

function controlId(frame: Buffer): string {
  return frame.toString('latin1').split('|')[9] ?? ''
}

function field(frame: Buffer, segment: string, number: number): string {
  const line = frame
    .toString('latin1')
    .split('\r')
    .find((one) => one.startsWith(`${segment}|`))
  return line?.split('|')[number] ?? ''
}

const QUICK = { answerMs: 150, retryMs: 10 }

test('an ADT is 8859/1 in its bytes, with the BSN beside the local number', async () => {
  using folder = temporaryFolder()
  using hospital = closing(openTestHospital(folder.path))
  await using receiver = await startReceiver(() => 'AA')
  const feed = createHl7Feed(hospital.it, QUICK)
  const [patient] = hospital.it.patients.all().slice(7)
  if (!patient) throw new Error('No patient.')
  hospital.it.patients.put({
    ...patient,
    given: 'Zoë',
    prefix: 'van der',
    family: 'Núñez-Šarić',
    street: '’t Zand',
  })
  const id = feed.sendDeath(patient.zis, new Date('2026-11-20T09:30:00Z'))
  feed.connect('127.0.0.1', receiver.port)
  await feed.whenAnswered()
  const [frame] = receiver.frames
  if (!frame) throw new Error('Nothing came.')
  expect(frame.toString('latin1').split('\r')[0]).toMatch(
    /^MSH\|\^~\\&\|.*\|ADT\^A08\|C100001\|P\|2\.4\|\|\|\|\|NLD\|8859\/1$/,
  )
  expect(frame.includes(Buffer.from([0x5a, 0x6f, 0xeb]))).toBe(true)
  expect(frame.includes(Buffer.from('ë', 'utf8'))).toBe(false)
  expect(field(frame, 'PID', 3)).toBe(`${patient.bsn}^^^NLMINBIZA^NNNLD~${patient.zis}^^^ZIS^PI`)
  expect(field(frame, 'PID', 5)).toMatch(/^.*van der Núñez-Saric&van der&Núñez-Saric.*\^Zoë\^/)
  expect(field(frame, 'PID', 11)).toMatch(/^'t Zand /)
  expect([field(frame, 'PID', 29), field(frame, 'PID', 30)]).toEqual(['20261120103000', 'Y'])
  expect(feed.sent()).toMatchObject([{ controlId: id, ack: 'AA', attempts: 1 }])
  expect(hospital.it.patients.get(patient.zis)?.deceasedAt).toBe('2026-11-20T09:30:00.000Z')
  feed.close()
})

test('without an answer the same bytes are sent again, and a refusal does not block the next', async () => {
  using folder = temporaryFolder()
  using hospital = closing(openTestHospital(folder.path))
  await using receiver = await startReceiver((_frame, nth) => [undefined, 'AE', 'AA'][nth])
  const feed = createHl7Feed(hospital.it, QUICK)
  const [first, second] = hospital.it.patients.all().slice(10)
  feed.sendAdmission(first?.zis ?? '')
  feed.sendAdmission(second?.zis ?? '')
  feed.connect('127.0.0.1', receiver.port)
  await feed.whenAnswered()
  expect(receiver.frames).toHaveLength(3)
  expect(receiver.frames[1]?.equals(receiver.frames[0] ?? Buffer.alloc(0))).toBe(true)
  expect(feed.sent().map(({ ack, attempts }) => [ack, attempts])).toEqual([
    ['AE', 2],
    ['AA', 1],
  ])
  feed.close()
})

test('a restart sends what was not answered, and only that', async () => {
  using folder = temporaryFolder()
  const unanswered = { id: '' }
  {
    using hospital = closing(openTestHospital(folder.path))
    await using receiver = await startReceiver((_frame, nth) => (nth === 0 ? 'AA' : undefined))
    const feed = createHl7Feed(hospital.it, { answerMs: 60_000, retryMs: 10 })
    const [first, second] = hospital.it.patients.all().slice(10)
    feed.sendAdmission(first?.zis ?? '')
    unanswered.id = feed.sendAdmission(second?.zis ?? '')
    feed.connect('127.0.0.1', receiver.port)
    await expect.poll(() => receiver.frames.length).toBe(2)
    feed.close()
  }
  using hospital = closing(openTestHospital(folder.path))
  await using receiver = await startReceiver(() => 'AA')
  const feed = createHl7Feed(hospital.it, QUICK)
  feed.connect('127.0.0.1', receiver.port)
  await feed.whenAnswered()
  expect(receiver.frames.map(controlId)).toEqual([unanswered.id])
  feed.close()
})

test('the planned deaths go out once, with what is expected of them', async () => {
  using folder = temporaryFolder()
  using hospital = closing(openTestHospital(folder.path))
  await using receiver = await startReceiver(() => 'AA')
  const server = await startFhirServer(hospital.it)
  const feed = createHl7Feed(hospital.it, QUICK)
  feed.connect('127.0.0.1', receiver.port)
  const sent = feed.sendPlanned()
  await feed.whenAnswered()
  expect(feed.sendPlanned()).toEqual([])
  expect(receiver.frames.map(controlId)).toEqual(sent)
  const deaths = receiver.frames.filter((frame) => field(frame, 'PID', 30) === 'Y')
  expect(deaths).toHaveLength(8)
  const withdrawn = receiver.frames.findIndex((frame) => field(frame, 'PID', 30) === 'N')
  expect(field(receiver.frames[withdrawn] ?? Buffer.alloc(0), 'PID', 29)).toBe('""')
  expect(field(receiver.frames[withdrawn - 1] ?? Buffer.alloc(0), 'PID', 30)).toBe('Y')
  const merge = receiver.frames.findIndex((frame) => field(frame, 'MSH', 8) === 'ADT^A40')
  const old = field(receiver.frames[merge] ?? Buffer.alloc(0), 'MRG', 1)
  expect(field(receiver.frames[merge + 1] ?? Buffer.alloc(0), 'PID', 3)).toBe(`^^^NLMINBIZA^NNNLD~${old}`)
  const expected = openExpected(hospital.it.store)
    .all()
    .filter(({ kind }) => kind === 'death')
  expect(expected.filter(({ outcome }) => outcome === 'done')).toHaveLength(5)
  expect(expected.flatMap(({ why }) => why ?? []).toSorted()).toEqual([
    'appointment in progress',
    'death withdrawn',
    'patient merged',
  ])
  const cancelled = expectedEffects(hospital.it).filter(({ kind }) => kind === 'appointment-cancelled')
  expect(cancelled.length).toBeGreaterThanOrEqual(10)
  await server.close()
  feed.close()
})

test('bytes without a frame can be sent, and whatever comes back is seen', async () => {
  using folder = temporaryFolder()
  using hospital = closing(openTestHospital(folder.path))
  await using receiver = await startReceiver(() => 'AR')
  const feed = createHl7Feed(hospital.it, QUICK)
  feed.connect('127.0.0.1', receiver.port)
  expect((await feed.sendRaw(Buffer.from('no frame at all'))).length).toBe(0)
  expect((await feed.sendRaw(Buffer.from('\x0bMSH|^~\\&|x\r\x1c\r'))).toString()).toContain('MSA|AR')
  feed.close()
})

function closing<T extends { close(): void }>(it: T): Disposable & { readonly it: T } {
  return { it, [Symbol.dispose]: () => it.close() }
}
