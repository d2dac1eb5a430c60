import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLog } from '../../../connectors/log.ts'
import { NO_PRESS } from '../../../connectors/press-guard.ts'
import { putSystem } from '../../../orchestrator/ledger/setup.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { putSecret } from '../../../orchestrator/secrets/secrets.ts'
import { openingSystems } from '../../../orchestrator/work/opening-systems.ts'
import { certificateKeyOf } from '../../../orchestrator/work/system-settings.ts'
import { certify } from '../../connectors/fhir/certificates.ts'
import { failureOf } from '../../connectors/fhir/small-server.ts'
import { createAuthority } from '../../connectors/hl7/certificates.ts'
import { acceptAll, closeAll, open } from '../../connectors/hl7/channel-under-test.ts'
import { openBench } from './bench.ts'

afterEach(closeAll)

const authority = createAuthority('practice authority')
const ours = authority.issue('ontregel')
const PARTIES = { receiver: { application: 'RIS' }, sender: { application: 'ONTREGEL', facility: 'OOST' } }
const TLS = { authorities: authority.cert, certificate: ours.cert }

/** A receiver that lets in who has a certificate of its authority. */
const startReceiver = () =>
  open(acceptAll, { tls: { ...authority.issue('ris'), ca: authority.cert, requireClient: true } })

interface Entered {
  readonly address: string
  readonly settings: object
  readonly key?: unknown
}

/** A ledger in which a system stands as an administrator entered it, and the way to open it as items do. */
async function openEntered({ address, settings, key }: Entered) {
  const bench = await openBench()
  const secrets = secretBox(randomBytes(32))
  const enter = (value: unknown) =>
    putSecret(bench.db, secrets, {
      hospital: 'oost',
      name: certificateKeyOf('ris'),
      value: JSON.stringify(value),
    })
  const system = { hospital: 'oost', id: 'ris', kind: 'hl7' as const, address, seats: 1 }
  await putSystem(bench.db, { ...system, settings: z.json().parse(settings) })
  if (key !== undefined) await enter(key)
  const parts = { chromium: undefined, environment: {}, log: silentLog }
  const opener = openingSystems({ db: bench.db, secrets, ...parts })
  return {
    enter,
    /** Sends one message as an item's act does, and gives the control id that was confirmed. */
    async send() {
      const row = await bench.db.selectFrom('system').selectAll().executeTakeFirstOrThrow()
      const arrivedAt = new Date('2026-11-20T09:30:00Z')
      const holder = { attempt: 1, arrivedAt, signal: new AbortController().signal, guard: NO_PRESS }
      const { system: opened, end } = await opener.open(row, holder)
      if (opened.kind !== 'hl7') throw new Error('It takes no HL7.')
      const message = opened.message({
        type: 'SIU',
        trigger: 'S12',
        marker: 'OR-A1',
        segments: [['SCH', 'A-1']],
      })
      const { prepare, press, confirm } = opened.sending(message)
      await prepare()
      return await confirm(await press()).finally(end)
    },
    async [Symbol.asyncDispose]() {
      await opener.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

test('over mutual TLS with our certificate and its sealed key, over one connection for all items', async () => {
  const receiver = await startReceiver()
  const address = `mllps://127.0.0.1:${receiver.port}`
  await using entered = await openEntered({
    address,
    settings: { ...PARTIES, tls: TLS },
    key: { key: ours.key },
  })
  expect(await entered.send()).toBe('A1')
  expect(await entered.send()).toBe('A1')
  expect(receiver.stats()).toMatchObject({ accepted: 2, connections: 1 })
})

test('twin: without our certificate nobody is let in', async () => {
  const receiver = await startReceiver()
  const address = `mllps://127.0.0.1:${receiver.port}`
  const settings = { ...PARTIES, tls: { authorities: authority.cert } }
  await using entered = await openEntered({ address, settings })
  await failureOf(entered.send())
  expect(receiver.stats().accepted).toBe(0)
})

test('a key that is entered anew is used at once', async () => {
  const receiver = await startReceiver()
  const address = `mllps://127.0.0.1:${receiver.port}`
  await using entered = await openEntered({ address, settings: { ...PARTIES, tls: TLS } })
  expect((await failureOf(entered.send())).message).toContain(certificateKeyOf('ris'))
  await entered.enter({ key: certify('stranger').key })
  const failure = await failureOf(entered.send())
  expect(failure).toMatchObject({ kind: 'business', code: 'certificate-key' })
  expect(failure.message).toContain('field tls.certificate of system ris')
  expect(failure.message).not.toContain('BEGIN')
  await entered.enter({ key: ours.key })
  expect(await entered.send()).toBe('A1')
})
