import type { Locator, Page, Request, Response } from 'playwright'
import { asBrowserFailure } from './browser-failure.ts'
import { expectOneOf } from './expect-page.ts'
import type { WebSystem } from './session.ts'
import { Failure } from '../failure.ts'

/** What a page's requests came to, from the moment of watching until `stop`. */
export interface Answers {
  /** Resolves when a page or frame was answered with a server error, or not at all. */
  readonly broken: Promise<Failure>
  stop(): void
}

/** Watches the answers to what this page asks for, so that an error page is seen at once and is never taken for a changed page. */
export function watchAnswers(page: Page, system: string): Answers {
  const { promise: broken, resolve } = Promise.withResolvers<Failure>()
  const tell = (code: string, what: string) =>
    resolve(
      new Failure('transient', code, `System ${system} ${what}: the item is tried again later.`, { system }),
    )
  const onResponse = (response: Response) => {
    if (response.status() < 500 || !response.request().isNavigationRequest()) return
    tell('server-error', `answered with an error (status ${response.status()})`)
  }
  const onFailed = (request: Request) => {
    // A download and a redirect by script abort a navigation too, without anything being wrong.
    const aborted = request.failure()?.errorText === 'net::ERR_ABORTED'
    if (request.isNavigationRequest() && !aborted) tell('connection-lost', 'broke the connection off')
  }
  page.on('response', onResponse).on('requestfailed', onFailed)
  return { broken, stop: () => void page.off('response', onResponse).off('requestfailed', onFailed) }
}

/** The work's own result, unless the system fails to answer first. */
export async function unlessBroken<T>({ broken }: Answers, work: Promise<T>): Promise<T> {
  const fail = async (): Promise<never> => {
    throw await broken
  }
  return Promise.race([fail(), work])
}

/**
 * Does something that leads to another page and says which of these then shows.
 * @param expected what a person would look for, for the sentence: `the heading "Zoeken"`
 */
export async function follow<Name extends string>(
  web: WebSystem,
  lead: (page: Page) => Promise<unknown>,
  shown: Readonly<Record<Name, Locator>>,
  expected: string,
): Promise<Name> {
  const page = await web.page()
  const answers = watchAnswers(page, web.id)
  const arrive = async () => {
    await lead(page)
    return expectOneOf(page, shown, expected, { system: web.id })
  }
  try {
    return await unlessBroken(answers, arrive())
  } catch (error) {
    throw asBrowserFailure(error, { system: web.id })
  } finally {
    answers.stop()
  }
}

/** Opens a path of the system, such as `/postvak`, and says which of these then shows. */
export async function open<Name extends string>(
  web: WebSystem,
  path: string,
  shown: Readonly<Record<Name, Locator>>,
  expected: string,
): Promise<Name> {
  return follow(web, (page) => page.goto(new URL(path, web.address).href), shown, expected)
}
