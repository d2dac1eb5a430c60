import { once } from 'node:events'
import { connect as connectTls } from 'node:tls'
import { Hl7Client, Hl7Connection } from '@medplum/hl7'
import { Batch } from 'node-hl7-client'
import { afterEach, describe, expect, test } from 'vitest'
import type { Decision } from '../../../connectors/hl7/arrival.ts'
import type { AcceptBatch } from '../../../connectors/hl7/batches.ts'
import { createSender, type Answer, type SenderSettings } from '../../../connectors/hl7/sender.ts'
import { silentLog } from '../../../connectors/log.ts'
import { createAuthority } from './certificates.ts'
import { closeAll, closeLater, codeOf, idOf, open } from './channel-under-test.ts'
import {
  medplumMessage,
  nodeHl7Message,
  openNodeHl7Client,
  startMedplumServer,
  startNodeHl7Server,
} from './interop-peers.ts'
import { until } from './peer.ts'
import { adt, bytesOf } from './samples.ts'

afterEach(closeAll)

const authority = createAuthority('practice authority')
const certificate = authority.issue('zis')

/** Keeps what came in; AE for `BAD`, and the first answer again for what came before. */
function keeper() {
  const kept: string[] = []
  const answers = new Map<string, Buffer>()
  const decide = (id: string, acceptance: () => Buffer): Decision => {
    if (id === 'BAD') return { answer: 'error', code: 205, sentence: 'Other content under the same id.' }
    const earlier = answers.get(id)
    if (earlier) return { answer: 'repeat', bytes: earlier }
    answers.set(id, acceptance())
    return { answer: 'accept' }
  }
  const accept: AcceptBatch = async (arrivals) =>
    arrivals.map(({ bytes, message, acceptance }) => {
      kept.push(bytes.toString('latin1'))
      return decide(message?.controlId ?? '', acceptance)
    })
  return { accept, kept }
}

/** As peers send it: without the line end of the last segment, which neither of them keeps. */
const sent = (id: string) => adt({ id, pid5: 'Ren\xe9e^Zo\xeb' }).trimEnd()

const medplumClient = (port: number) => {
  const client = new Hl7Client({ host: '127.0.0.1', port, encoding: 'latin1', keepAlive: true })
  closeLater(() => client.close())
  return client
}

describe('@medplum/hl7 sends to our listener', () => {
  test('AA, AE and a duplicate, byte for byte', async () => {
    const { accept, kept } = keeper()
    const client = medplumClient((await open(accept)).port)
    const answers: string[] = []
    for (const id of ['M1', 'BAD', 'M1']) {
      const answer = await client.sendAndWait(medplumMessage(sent(id)))
      answers.push(answer.toString())
    }
    expect(answers.map(codeOf)).toEqual(['AA', 'AE', 'AA'])
    expect(answers.map(idOf)).toEqual(['M1', 'BAD', 'M1'])
    expect(answers[2]).toBe(answers[0])
    expect(kept).toEqual(['M1', 'BAD', 'M1'].map(sent))
  })

  test('without waiting: every message its own answer', async () => {
    const client = medplumClient((await open(keeper().accept)).port)
    const ids = Array.from({ length: 50 }, (_, n) => `Q${n}`)
    await client.connect()
    const answers = await Promise.all(ids.map((id) => client.sendAndWait(medplumMessage(sent(id)))))
    expect(answers.map((answer) => idOf(answer.toString()))).toEqual(ids)
  })

  test('enhanced mode: it waits for the AA after the CA', async () => {
    const client = medplumClient((await open(keeper().accept)).port)
    const message = medplumMessage(adt({ modes: 'AL|AL' }))
    const answer = await client.sendAndWait(message, { returnAck: 'application' })
    expect(codeOf(answer.toString())).toBe('AA')
  })

  test('over TLS', async () => {
    const listener = await open(keeper().accept, { tls: certificate })
    const socket = connectTls({ host: '127.0.0.1', port: listener.port, ca: authority.cert })
    closeLater(async () => socket.destroy())
    await once(socket, 'secureConnect')
    // Its client has no TLS of its own; its connection takes any socket.
    const answer = await new Hl7Connection(socket, 'latin1').sendAndWait(medplumMessage(sent('T1')))
    expect(codeOf(answer.toString())).toBe('AA')
  })
})

describe('node-hl7-client sends to our listener', () => {
  test('AA, AE and a duplicate, byte for byte', async () => {
    const { accept, kept } = keeper()
    const client = await openNodeHl7Client((await open(accept)).port)
    let answers: readonly string[] = []
    for (const [place, id] of ['M1', 'BAD', 'M1'].entries()) {
      await client.send(nodeHl7Message(sent(id)))
      answers = await client.answers(place + 1)
    }
    expect(answers.map(codeOf)).toEqual(['AA', 'AE', 'AA'])
    expect(answers[2]).toBe(answers[0])
    expect(kept).toEqual(['M1', 'BAD', 'M1'].map(sent))
  })

  test('a batch: each of its messages is kept, and answered', async () => {
    const { accept, kept } = keeper()
    const listener = await open(accept)
    const client = await openNodeHl7Client(listener.port)
    const text = ['BHS|^~\\&|ZIS|UMC', sent('B1'), sent('B2'), 'BTS|2'].join('\r')
    await client.send(new Batch({ text }))
    await client.answers(1)
    expect(kept.map((message) => message.trimEnd())).toEqual(['B1', 'B2'].map(sent))
    expect(listener.stats()).toMatchObject({ accepted: 2, garbage: 0, unreadable: 0 })
  })

  test('two at once: both are kept', async () => {
    const { accept, kept } = keeper()
    const client = await openNodeHl7Client((await open(accept)).port, { waitAck: false })
    await Promise.all(['Q1', 'Q2'].map((id) => client.send(nodeHl7Message(sent(id)))))
    await until('both are kept', () => kept.length === 2)
    expect(kept).toEqual(['Q1', 'Q2'].map(sent))
    // Answers that come together it takes for one message, so how many it tells of is left to the network.
    await client.answers(1)
  })

  test('over TLS', async () => {
    const listener = await open(keeper().accept, { tls: certificate })
    const client = await openNodeHl7Client(listener.port, { tls: { ca: authority.cert } })
    await client.send(nodeHl7Message(sent('T1')))
    expect((await client.answers(1)).map(codeOf)).toEqual(['AA'])
  })
})

const judge = (id: string) => (id === 'BAD' ? 'AE' : 'AA')

function senderTo(port: number, settings: Partial<SenderSettings> = {}) {
  const late: Answer[] = []
  const sender = createSender({ id: 'zis', host: '127.0.0.1', port, ...settings }, silentLog, (answer) =>
    late.push(answer),
  )
  closeLater(() => sender.close())
  return { late, sender, send: (id: string) => sender.send(bytesOf(sent(id))) }
}

describe('our sender sends to @medplum/hl7', () => {
  test('AA and AE, and messages in quick succession each with its own answer', async () => {
    const { send, sender, late } = senderTo(await startMedplumServer(judge))
    expect((await send('M1')).code).toBe('AA')
    await expect(send('BAD')).rejects.toMatchObject({ kind: 'business', code: 'hl7-refused' })
    const ids = Array.from({ length: 20 }, (_, n) => `Q${n}`)
    const answers = await Promise.all(ids.map(send))
    expect(answers.map(({ message }) => message.get('MSA-2'))).toEqual(ids)
    expect(late).toEqual([])
    expect(sender.stats()).toMatchObject({ sent: 22, taken: 21, refused: 1 })
  })

  test('over TLS', async () => {
    const { send } = senderTo(await startMedplumServer(judge, certificate), { tls: { ca: authority.cert } })
    expect((await send('T1')).code).toBe('AA')
  })
})

describe('our sender sends to node-hl7-server', () => {
  test('it hands earlier messages over again with each new one; our answers are still each their own', async () => {
    const seen: string[] = []
    const { send, late } = senderTo(await startNodeHl7Server(judge, (id) => seen.push(id)))
    expect((await send('M1')).code).toBe('AA')
    await expect(send('BAD')).rejects.toMatchObject({ kind: 'business', code: 'hl7-refused' })
    expect((await send('M3')).message.get('MSA-2')).toBe('M3')
    // Once each would be right: it never forgets what a connection sent before.
    expect(seen).toEqual(['M1', 'M1', 'BAD', 'M1', 'BAD', 'M3'])
    expect(late.map(({ code, message }) => [code, message.get('MSA-2')])).toEqual([
      ['AA', 'M1'],
      ['AA', 'M1'],
      ['AE', 'BAD'],
    ])
  })

  test('over TLS', async () => {
    const port = await startNodeHl7Server(judge, () => undefined, certificate)
    const { send } = senderTo(port, { tls: { ca: authority.cert } })
    expect((await send('T1')).code).toBe('AA')
  })
})
