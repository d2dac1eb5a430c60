import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as frozenFor } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { certify } from '../../connectors/fhir/certificates.ts'
import { fhir, startServer } from '../../connectors/fhir/small-server.ts'

const DEAD_MAN_SECONDS = 0.5

/** Lets the first bytes of a connection through only when told: the client stands in the middle of connecting until then. */
async function startDoorkeeper(target: URL) {
  const knock = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  const server = net.createServer((client) => {
    const onward = net.connect(Number(target.port), target.hostname)
    client.on('error', () => onward.destroy())
    onward.on('error', () => client.destroy())
    onward.pipe(client)
    client.once('readable', () => {
      knock.resolve()
      void open.promise.then(() => client.pipe(onward))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { base: `https://127.0.0.1:${port}/fhir`, knock: knock.promise, letIn: open.resolve }
}

/** What a worker's press comes to when it is frozen while it connects, and what the server heard of it. */
async function pressFrozen(way: 'guarded' | 'bare') {
  const authority = certify('authority')
  const { key, certificate } = certify('server', authority)
  await using server = await startServer(
    (_heard, response) => fhir(response, 201, { resourceType: 'Task', id: 't1' }, { location: 'Task/t1' }),
    { key, cert: certificate },
  )
  const doorkeeper = await startDoorkeeper(new URL(server.base))
  const presser = `${import.meta.dirname}/frozen-presser.ts`
  const words = [presser, doorkeeper.base, authority.certificate, String(DEAD_MAN_SECONDS), way]
  const worker = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void worker.kill('SIGKILL'))
  const said = text(worker.stdout)
  await doorkeeper.knock
  worker.kill('SIGSTOP')
  doorkeeper.letIn()
  await frozenFor(DEAD_MAN_SECONDS * 1000 + 100)
  worker.kill('SIGCONT')
  return { ended: await said, heard: server.heard.length }
}

test.skipIf(process.platform === 'win32')(
  'a worker frozen while its press connects sends nothing; without the guard it does',
  async () => {
    expect(await pressFrozen('guarded')).toEqual({ ended: 'dead-man', heard: 0 })
    expect(await pressFrozen('bare')).toEqual({ ended: 'created', heard: 1 })
  },
)
