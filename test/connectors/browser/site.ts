import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A small real web server on loopback that remembers what it was asked. */
export interface Site extends AsyncDisposable {
  readonly port: number
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** `GET /path` of every request, in order; `UPGRADE /path` for web sockets. */
  readonly asked: readonly string[]
}

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => string | undefined

/** Serves what `answer` gives as a page; it may end the response itself and give nothing. */
export async function openSite(answer: Answer): Promise<Site> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url !== '/favicon.ico') asked.push(`${request.method} ${request.url}`)
      response.setHeader('content-type', 'text/html; charset=utf-8')
      const page = answer(request, response, Buffer.concat(chunks).toString())
      if (page !== undefined) response.end(page)
    })
  })
  server.on('upgrade', (request, socket) => {
    asked.push(`UPGRADE ${request.url}`)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Sends the browser elsewhere. */
export function redirect(response: ServerResponse, to: string): undefined {
  response.writeHead(302, { location: to }).end()
}
