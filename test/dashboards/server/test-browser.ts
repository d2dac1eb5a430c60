import { PAGE_HEADER } from '../../../dashboards/server/same-origin.ts'

export interface TestBrowser {
  /** Goes to an address and follows where it is sent, as a browser does; gives where it ended, or stopped before going. */
  go(
    address: string,
    stopsAt?: (next: string) => boolean,
  ): Promise<{ readonly address: string; readonly status: number }>
  /** Asks the API as a page of that origin does. */
  ask(
    method: 'GET' | 'POST' | 'PUT',
    address: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }>
  /** Names of cookies with what the server said about them. */
  readonly said: readonly string[]
}

const MOST_STEPS = 12

type Send = (address: string, init?: RequestInit) => Promise<Response>

/** Sends with the cookies that each origin gave; `said` is told what came with them. */
function withCookies(said: string[]): Send {
  const jars = new Map<string, Map<string, string>>()
  return async (address, init = {}) => {
    const { origin } = new URL(address)
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...(cookie && { cookie }) }
    const response = await fetch(address, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      said.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
}

/** Keeps cookies for each origin and nothing else of a browser. */
export function openTestBrowser(): TestBrowser {
  const said: string[] = []
  const send = withCookies(said)
  return {
    said,
    async go(address, stopsAt = () => false) {
      let at = address
      for (let steps = 0; steps < MOST_STEPS; steps += 1) {
        const response = await send(at)
        await response.body?.cancel()
        const next = response.headers.get('location')
        if (next === null) return { address: at, status: response.status }
        at = new URL(next, at).href
        if (stopsAt(at)) return { address: at, status: response.status }
      }
      throw new Error(`It was sent on without end, last to ${at}.`)
    },
    async ask(method, address, body) {
      const { origin } = new URL(address)
      const change = { origin, [PAGE_HEADER]: 'page', 'content-type': 'application/json' }
      const init = method === 'GET' ? {} : { headers: change, body: JSON.stringify(body ?? {}) }
      const response = await send(address, { method, ...init })
      const text = await response.text()
      return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
    },
  }
}
