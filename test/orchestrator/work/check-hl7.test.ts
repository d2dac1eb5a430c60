import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { Json } from '../../../bots/bot.ts'
import { silentLog } from '../../../connectors/log.ts'
import { putSystem } from '../../../orchestrator/ledger/setup.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { checkHl7Systems } from '../../../orchestrator/work/check-hl7.ts'
import { acceptAll, closeAll, open } from '../../connectors/hl7/channel-under-test.ts'
import { openBench } from './bench.ts'
import { nobody } from './hl7-bench.ts'

afterEach(closeAll)

test('every system that takes HL7 messages is connected to, and nothing is sent; what is wrong is told', async () => {
  await using bench = await openBench()
  const receiver = await open(acceptAll)
  const settings = { receiver: { application: 'RIS' }, sender: { application: 'ONTREGEL' } }
  const put = (id: string, address: string, filled: Json = settings) =>
    putSystem(bench.db, { hospital: 'oost', id, kind: 'hl7', address, seats: 1, settings: filled })
  await put('a-right', `mllp://127.0.0.1:${receiver.port}`)
  await put('b-closed', await nobody())
  await put('c-empty', 'mllp://127.0.0.1:1', {})
  const found = await checkHl7Systems({ db: bench.db, secrets: secretBox(randomBytes(32)), log: silentLog })
  expect(found.map(({ right }) => right)).toEqual([true, false, false])
  expect(found[1]?.sentence).toMatch(/b-closed cannot be reached/)
  expect(found[2]?.sentence).toMatch(/Field receiver of system c-empty/)
  expect(receiver.stats()).toMatchObject({ accepted: 0, garbage: 0 })
})
