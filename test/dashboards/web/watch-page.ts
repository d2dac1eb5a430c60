import type { Page } from 'playwright'

/** What a page did that it should not. */
export interface Watched {
  /** Errors in its console or its code, and refusals of the content policy. */
  readonly errors: readonly string[]
  /** Requests to anything but our server. */
  readonly foreign: readonly string[]
}

/** An answer of 401 is how a page learns that nobody is signed in; the browser writes each down as an error. */
const EXPECTED = /the server responded with a status of 401/

/** Writes down what goes wrong in a page from now on. */
export function watchPage(page: Page, address: string): Watched {
  const errors: string[] = []
  const foreign: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) foreign.push(url)
  })
  return { errors, foreign }
}
