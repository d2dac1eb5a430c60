import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Hit } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'

const Entry = z.object({ marker: z.string(), value: z.string() })
type Entry = z.infer<typeof Entry>

/** What the next answers are: as they should be, applied or not, told or not. `later` applies when `applyLate` is called. */
export type Misbehaviour = 'none' | 'applied-but-failed' | 'not-applied' | 'later' | 'search-fails'

/** A target system in a few lines, over real HTTP: entries with a marker, nothing stops the same one twice. */
export interface Target extends AsyncDisposable {
  readonly entries: Entry[]
  readonly next: Misbehaviour[]
  applyLate(): void
  find(marker: string, value: string): Promise<Hit[]>
  add(entry: Entry): Promise<string>
}

/** Starts one on a free port. */
export async function startTarget(): Promise<Target> {
  const entries: Entry[] = []
  const next: Misbehaviour[] = []
  const late: Entry[] = []
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const planned = next.shift()
      const fault = planned === 'none' ? undefined : planned
      if (request.method === 'GET') {
        if (fault === 'search-fails') return void response.writeHead(500).end()
        return void response.end(JSON.stringify(entries))
      }
      const entry = Entry.parse(JSON.parse(body))
      if (fault === 'later') late.push(entry)
      else if (fault !== 'not-applied') entries.push(entry)
      response.writeHead(fault ? 500 : 201).end(String(entries.length))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    entries,
    next,
    applyLate: () => void entries.push(...late.splice(0)),
    async find(marker, value) {
      const answer = await fetch(url)
      if (!answer.ok) throw new Failure('transient', 'search-failed', 'The target could not be searched.')
      const found = z.array(Entry).parse(await answer.json())
      return found
        .filter((entry) => entry.marker === marker)
        .map((entry) => ({ reference: `E-${entry.marker}`, same: entry.value === value }))
    },
    async add(entry) {
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(entry) })
      if (!answer.ok) throw new Error(`The target answered ${answer.status}`)
      return `E-${entry.marker}`
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(parts).toString()
}
