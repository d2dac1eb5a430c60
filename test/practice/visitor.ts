/** What came back: after redirects, with where it ended. */
export interface Seen {
  readonly status: number
  readonly url: string
  readonly text: string
  /** What the page's main heading says. */
  readonly heading: string
}

/** Somebody at an application, with a cookie jar; pages as text, without a browser. */
export interface Visitor {
  get(path: string): Promise<Seen>
  post(path: string, fields: Record<string, string> | FormData): Promise<Seen>
}

/** A visitor of the application at this address, who follows redirects as a browser does. */
export function createVisitor(base: string): Visitor {
  const jar = new Map<string, string>()
  const go = async (path: string, init: RequestInit): Promise<Seen> => {
    const url = new URL(path, base)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next) return go(next, {})
    const text = await answer.text()
    return {
      status: answer.status,
      url: url.pathname,
      text,
      heading: /<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '',
    }
  }
  return {
    get: (path) => go(path, {}),
    post: (path, fields) => {
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields)
      return go(path, { method: 'POST', body })
    },
  }
}
