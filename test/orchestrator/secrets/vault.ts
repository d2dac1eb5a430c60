import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const Write = z.object({ options: z.object({ cas: z.int() }), data: z.record(z.string(), z.string()) })

export interface TestVault extends AsyncDisposable {
  readonly address: string
  readonly token: string
  /** The versions that were written. */
  readonly versions: Readonly<Record<string, string>>[]
  /** How it misbehaves: answers so, or not at all. */
  trouble: number | 'silent' | 'not-v2' | undefined
}

/** A program that speaks KV version 2 of Vault's HTTP API for one secret: reading, and writing with check-and-set. */
export async function startVault(path: string): Promise<TestVault> {
  const versions: Readonly<Record<string, string>>[] = []
  const vault = { token: 'hvs.test-only', versions, trouble: undefined as TestVault['trouble'] }
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (vault.trouble === 'silent') return
    if (vault.trouble === 'not-v2') return answer(200, { data: { keys: 'v1' } })
    if (vault.trouble !== undefined) return answer(vault.trouble, { errors: ['trouble'] })
    if (request.headers['x-vault-token'] !== vault.token)
      return answer(403, { errors: ['permission denied'] })
    if (request.url !== `/v1/${path}`) return answer(404, { errors: [] })
    if (request.method === 'GET') {
      const data = versions.at(-1)
      return data
        ? answer(200, { data: { data, metadata: { version: versions.length } } })
        : answer(404, { errors: [] })
    }
    void text(request).then((body) => {
      const { options, data } = Write.parse(JSON.parse(body))
      if (options.cas !== versions.length)
        return answer(400, { errors: ['check-and-set parameter did not match the current version'] })
      versions.push(data)
      answer(200, { data: { version: versions.length } })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`
  return Object.assign(vault, {
    address,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  })
}
