import type { z } from 'zod'
import { PAGE_HEADER } from '../../../dashboards/server/same-origin.ts'

export interface TestClient {
  /** Sends the cookie of who is signed in, and what a page of ours sends with a change; `body` goes as JSON. */
  fetch(path: string, init?: TestRequest): Promise<Response>
  /** The same, parsed. Throws with status and answer when it was no success. */
  ask<Schema extends z.ZodType>(schema: Schema, path: string, init?: TestRequest): Promise<z.output<Schema>>
  /** What it sends with each request. */
  readonly headers: Readonly<Record<string, string>>
}

export interface TestRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly form?: FormData
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A client with these headers, such as a cookie or a token. */
export function clientOf(address: string, headers: Readonly<Record<string, string>> = {}): TestClient {
  const send = async (
    path: string,
    { method = 'GET', body, form, headers: more, signal }: TestRequest = {},
  ) => {
    const page = method === 'GET' ? {} : { origin: address, [PAGE_HEADER]: 'page' }
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return await fetch(new URL(path, address), {
      method,
      redirect: 'manual',
      headers: { ...page, ...json, ...headers, ...more },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: form }),
      ...(signal && { signal }),
    })
  }
  return {
    headers,
    fetch: send,
    async ask(schema, path, init) {
      const response = await send(path, init)
      const text = await response.text()
      if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path} gave ${response.status}: ${text}`)
      return schema.parse(JSON.parse(text))
    },
  }
}
