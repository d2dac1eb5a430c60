import { Agent, request } from 'node:http'

/** An entry as the practice hospital's registry keeps it. */
export interface Entry {
  readonly caseNumber: string
  readonly marker: string
  readonly value: string
}

export interface FoundEntry extends Entry {
  /** The registry's own number for it. */
  readonly number: string
}

export interface RegistryAnswer {
  readonly status: number
  readonly page: string
}

/** The registry as a robot without a browser uses it. Rejects when no answer came; an answer of any status is given. */
export interface Registry {
  search(marker: string): Promise<RegistryAnswer>
  /**
   * Sends once, never again by itself; `confirmed` answers the registry's question whether it was meant. `lastCheck` is
   * called when the connection is ready, just before the bytes leave; what it throws is what it rejects with.
   */
  submit(entry: Entry, confirmed: boolean, lastCheck?: () => void): Promise<RegistryAnswer>
}

/**
 * Over node:http and not fetch: a whole request leaves in one write, right after the last check and on a connection that
 * is ready, so that next to nothing lies between the check and what it guards.
 */
export function openRegistry(address: string, token: string, withinMs: number): Registry {
  const agent = new Agent({ keepAlive: true })
  const ask = (path: string, form?: URLSearchParams, lastCheck?: () => void) =>
    new Promise<RegistryAnswer>((settle, fail) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      }
      const signal = AbortSignal.timeout(withinMs)
      const sent = request(`${address}${path}`, { method: form ? 'POST' : 'GET', agent, headers, signal })
      sent.once('error', fail)
      sent.once('response', (response) => {
        let page = ''
        response.setEncoding('utf8')
        response.on('data', (text: string) => (page += text))
        response.once('error', fail)
        response.once('end', () => settle({ status: response.statusCode ?? 0, page }))
      })
      const leave = () => {
        try {
          lastCheck?.()
          sent.end(form?.toString())
        } catch (error) {
          sent.destroy(error instanceof Error ? error : new Error('The last check refused.'))
        }
      }
      sent.once('socket', (socket) => void (socket.connecting ? socket.once('connect', leave) : leave()))
    })
  return {
    search: (marker) => ask(`/inzendingen?${new URLSearchParams({ kenmerk: marker }).toString()}`),
    submit: ({ caseNumber, marker, value }, confirmed, lastCheck) => {
      const form = new URLSearchParams({ zaaknummer: caseNumber, kenmerk: marker, waarde: value })
      if (confirmed) form.set('_bevestigd', '1')
      return ask('/inzendingen', form, lastCheck)
    },
  }
}

/** The number on the page that an entry was received with; undefined when it is another page. */
export function receivedNumber({ status, page }: RegistryAnswer): string | undefined {
  if (status !== 201) return undefined
  return /<th scope="row">Volgnummer<\/th>\s*<td>(\d+)<\/td>/.exec(page)?.[1]
}

/** The registry asks whether it was meant; until the answer nothing is registered, as its page says. */
export function asksAgain({ status, page }: RegistryAnswer): boolean {
  return status === 200 && page.includes('name="_bevestigd"') && page.includes('Er is nog niets vastgelegd.')
}

const ROW = /<tr>\s*<td>(\d+)<\/td>\s*<td>([^<]*)<\/td>\s*<td>([^<]*)<\/td>\s*<td>([^<]*)<\/td>\s*<\/tr>/g

/** The entries on a page of results; undefined when it is no such page or a row cannot be read. */
export function foundEntries({ status, page }: RegistryAnswer): FoundEntry[] | undefined {
  const count = /<p role="status">(\d+) gevonden<\/p>/.exec(page)?.[1]
  if (status !== 200 || count === undefined) return undefined
  const rows = [...page.matchAll(ROW)].map(([, number = '', caseNumber = '', marker = '', value = '']) => ({
    number,
    caseNumber,
    marker,
    value,
  }))
  return rows.length === Number(count) ? rows : undefined
}
