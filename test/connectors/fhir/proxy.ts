import http from 'node:http'
import net, { type AddressInfo } from 'node:net'

export interface Proxy extends AsyncDisposable {
  readonly address: string
  /** Method and target of each request, with the account that came along. */
  readonly asked: readonly string[]
}

/** A forward proxy that tunnels, or refuses to. */
export async function startProxy(answer: 'tunnel' | 'refuse'): Promise<Proxy> {
  const asked: string[] = []
  const proxy = http.createServer((request, response) => {
    asked.push(askedFor(request))
    const onward = http.request(
      String(request.url),
      { method: request.method, headers: request.headers },
      (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers)
        from.pipe(response)
      },
    )
    request.pipe(onward)
  })
  proxy.on('connect', (request, socket: net.Socket) => {
    asked.push(askedFor(request))
    if (answer === 'refuse') return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const [host, port] = String(request.url).split(':')
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    onward.on('close', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      proxy.close(() => resolve())
      proxy.closeAllConnections()
    })
  return { address: `http://127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: close }
}

function askedFor({ method, url, headers }: http.IncomingMessage): string {
  const [, account = ''] = /^Basic (.*)$/.exec(headers['proxy-authorization'] ?? '') ?? []
  return [method, url, ...(account ? [Buffer.from(account, 'base64').toString()] : [])].join(' ')
}
