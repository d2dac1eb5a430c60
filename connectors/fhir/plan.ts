import { Client, type FhirResource } from 'fhir-kit-client'

/** A request as FHIR wants it, not sent yet. */
export interface Plan {
  readonly method: string
  /** Below the base address. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/**
 * What fhir-kit-client would send for this call. The library says what the request is and never sends one: its own
 * sending knows no time limit, retry or size limit, lets the token go to any address, and can print what it sends.
 */
export async function plan(base: URL, ask: (library: Client) => Promise<FhirResource>): Promise<Plan> {
  const library = new Client({ baseUrl: base.href })
  const plans: Plan[] = []
  const request = (
    method: string,
    path: string,
    options: { headers?: Record<string, string> } = {},
    body?: unknown,
  ) => {
    plans.push({ method, path, headers: options.headers ?? {}, body: asText(body) })
    return Promise.resolve({ resourceType: 'Plan' })
  }
  Object.assign(library.httpClient, { request })
  await ask(library)
  const [only, ...more] = plans
  if (!only || more.length > 0) throw new Error(`fhir-kit-client made ${plans.length} requests of one call`)
  return only
}

function asText(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
}
