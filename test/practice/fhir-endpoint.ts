import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startFhirServer, type FhirServer } from '../practice-hospital/fhir/server.ts'
import { fhirToken } from '../practice-hospital/fhir/token.ts'
import { openHospital, type Hospital } from '../practice-hospital/hospital.ts'

const identifier = z.looseObject({ system: z.string().optional(), value: z.string().optional() })
export const resourceSchema = z.looseObject({
  resourceType: z.string(),
  id: z.string(),
  meta: z.looseObject({ versionId: z.string(), lastUpdated: z.string() }),
  identifier: z.array(identifier).optional(),
  status: z.string().optional(),
})
export type TestResource = z.output<typeof resourceSchema>
const bundleSchema = z.looseObject({
  total: z.number().optional(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
  entry: z.array(
    z.looseObject({
      resource: resourceSchema.optional(),
      response: z.looseObject({ status: z.string() }).optional(),
    }),
  ),
})
const outcomeSchema = z.looseObject({
  issue: z.array(
    z.looseObject({ code: z.string(), diagnostics: z.string(), expression: z.array(z.string()).optional() }),
  ),
})

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly resource: () => TestResource
  readonly bundle: () => z.output<typeof bundleSchema>
  readonly issue: () => z.output<typeof outcomeSchema>['issue'][number]
}

export interface TestEndpoint extends AsyncDisposable {
  readonly hospital: Hospital
  readonly server: FhirServer
  /** `path` below the base, or a whole address; a body that is no string is sent as FHIR JSON. */
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Reply>
}

/** A new data folder that is removed at the end. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'practice-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A small practice hospital on this folder. */
export function openTestHospital(data: string, log: (line: string) => void = () => undefined): Hospital {
  const size = { referrals: 0, appointments: 12, deaths: 8 }
  return openHospital({ data, seed: 5, patients: 40, size, clock: () => new Date(), log })
}

/** The FHIR endpoint of such a hospital. */
export async function startTestEndpoint(data: string): Promise<TestEndpoint> {
  const hospital = openTestHospital(data)
  const server = await startFhirServer(hospital)
  const authorization = `Bearer ${fhirToken(hospital.random)}`
  return {
    hospital,
    server,
    ask: async (method, path, body, headers = {}) => {
      const response = await fetch(path.startsWith('http') ? path : `${server.url}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/fhir+json', ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return replyOf(response, await response.text())
    },
    [Symbol.asyncDispose]: async () => {
      await server.close()
      hospital.close()
    },
  }
}

function replyOf(response: Response, text: string): Reply {
  const as = <T>(schema: z.ZodType<T>): T => schema.parse(JSON.parse(text))
  return {
    status: response.status,
    headers: response.headers,
    resource: () => as(resourceSchema),
    bundle: () => as(bundleSchema),
    issue: () => {
      const [issue] = as(outcomeSchema).issue
      if (!issue) throw new Error('The OperationOutcome has no issue.')
      return issue
    },
  }
}

/** The only element of a list. */
export function only<T>(list: readonly T[] | undefined): T {
  const [first] = list ?? []
  if (first === undefined || list?.length !== 1) throw new Error(`Expected one, found ${list?.length ?? 0}.`)
  return first
}
