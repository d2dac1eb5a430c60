import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openKeyFile } from '../../../orchestrator/secrets/key-file.ts'
import { messagePurpose } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { addChannel, messageAbout, storeAll } from '../../orchestrator/triggers/message-bench.ts'
import { openBench } from '../../orchestrator/work/bench.ts'
import { openCommandLine } from './run-cli.ts'

const MANY = 3000

test('a rotation that is killed half-way goes on when it is run again, and everything opens throughout', async () => {
  await using bench = await openBench()
  await using line = await openCommandLine(bench.url)
  const before = await openKeyFile(line.home)
  const messages = Array.from({ length: MANY }, (_, number) => messageAbout(`M-${number}`, [`${number}`]))
  await addChannel(bench.db, 'adt')
  await storeAll(bench.db, before, messages)
  const headBefore = before.head()
  const opened = async () => {
    const { open } = await openKeyFile(line.home)
    const rows = await bench.db.selectFrom('message').select('sealed').orderBy('place').execute()
    return rows.map(({ sealed }) => ({ sealed, content: open(messagePurpose('oost', 'adt'), sealed) }))
  }

  const { child, ended } = line.start(['secrets', 'rotate'])
  child.stderr?.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('message: 500 of')) child.kill('SIGKILL')
  })
  expect(await ended).toMatchObject({ code: null, out: '' })
  const half = await opened()
  expect(half.map(({ content }) => content)).toEqual(messages)
  const left = half.filter(({ sealed }) => sealed.subarray(0, headBefore.length).equals(headBefore)).length
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(MANY)

  const again = await line.run(['secrets', 'rotate'])
  expect(again).toMatchObject({ code: 0, err: expect.stringContaining('An earlier rotation goes on') })
  expect(again.out).toContain(`${left} pieces were sealed anew`)
  expect((await opened()).map(({ content }) => content)).toEqual(messages)
  expect((await readFile(join(line.home, 'secret.key'), 'utf8')).trim().split('\n')).toHaveLength(1)
})
