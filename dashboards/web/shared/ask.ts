import type { z } from 'zod'
import { problemAnswer, type RefusedRow } from './problem-answer.ts'

interface AboutProblem {
  readonly code: string
  readonly sentence: string
  readonly field?: string | undefined
  readonly number?: string | undefined
  readonly rows?: readonly RefusedRow[] | undefined
  readonly moreRows?: number | undefined
}

/** What the server refused or could not do. The sentence may be shown; the number finds it in the log. */
export class AskError extends Error {
  override readonly name = 'AskError'
  /** HTTP status, or 0 when the server could not be reached. */
  readonly status: number
  readonly code: string
  /** The field of a form that is not right, as a path such as `settings.since`. */
  readonly field: string | undefined
  readonly number: string | undefined
  /** What is wrong with the first rows of a list; empty for everything else. */
  readonly rows: readonly RefusedRow[]
  /** How many more problems the list has. */
  readonly moreRows: number

  constructor(status: number, about: AboutProblem) {
    super(about.sentence)
    this.status = status
    this.code = about.code
    this.field = about.field
    this.number = about.number
    this.rows = about.rows ?? []
    this.moreRows = about.moreRows ?? 0
  }
}

/** What is sent along. `body` becomes JSON; a FormData goes as it is. */
export interface AskInit {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Ours only: a form on another site cannot send this header, so the server knows that a page of its own asks. */
const OWN_PAGE = { 'x-ontregel': 'page' }

/**
 * Asks the API and reads the answer with the schema of `dashboards/server/<area>/<thing>-schemas.ts`.
 * @param path such as `/api/hospitals/oost/items`; never with anything of a patient or a secret in it
 * @throws AskError with the server's own sentence, or with status 0 when it cannot be reached
 */
export async function ask<Answer extends z.ZodType>(
  schema: Answer,
  path: string,
  init: AskInit = {},
): Promise<z.output<Answer>> {
  const response = await send(path, init)
  if (response.ok) return schema.parse(response.status === 204 ? undefined : await response.json())
  throw await problemOf(response)
}

/** Fetches a file that the API offers and hands it to the browser's downloads. */
export async function download(path: string, init: AskInit = {}): Promise<void> {
  const response = await send(path, init)
  if (!response.ok) throw await problemOf(response)
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = named?.[1] ?? 'ontregel'
  link.click()
  URL.revokeObjectURL(address)
}

/** Fetches a file to show it in the page. @throws AskError like `ask` */
export async function askFile(path: string, init: AskInit = {}): Promise<Blob> {
  const response = await send(path, init)
  if (response.ok) return await response.blob()
  throw await problemOf(response)
}

async function send(path: string, { method = 'GET', body, signal }: AskInit): Promise<Response> {
  const isForm = body instanceof FormData
  const headers = {
    ...OWN_PAGE,
    ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
  }
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new AskError(0, { code: 'unreachable', sentence: 'The server cannot be reached.' })
  }
}

async function problemOf(response: Response): Promise<AskError> {
  const text = await response.text()
  const parsed = problemAnswer.safeParse(readJson(text))
  if (parsed.success) return new AskError(response.status, parsed.data.error)
  return new AskError(response.status, {
    code: 'unforeseen',
    sentence: `The server answered with HTTP ${response.status}: try again.`,
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
