import type { Log } from '../log.ts'
import type { PressGuard } from '../press-guard.ts'
import { below } from './addresses.ts'
import { checkStatus } from './answer.ts'
import { Interruption, interruptionFailure } from './interruption.ts'
import type { Intent } from './outcome.ts'
import type { Plan } from './plan.ts'
import { pauseBefore, type Attempt } from './retry.ts'
import type { FhirLimits } from './settings.ts'
import type { Incoming, Transport } from './transport.ts'

/** Who we are to the server. */
export interface Access {
  /**
   * The Authorization header's value, or an empty text for none. `refused` is a value that the server just refused
   * with 401: another one is wanted.
   */
  authorization(refused?: string): Promise<string>
}

/** Everything that a request to one FHIR server goes through. */
export interface Way {
  readonly system: string
  readonly base: URL
  readonly limits: FhirLimits
  readonly search: 'post' | 'get'
  readonly transport: Transport
  readonly guard: PressGuard
  readonly access: Access
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
}

/**
 * Sends a request, followed below the base address or to a `url` already checked, and gives the successful answer. A read is tried again
 * after a pause when that can help; a write is sent once, and once more only after 401, by which the server says that it did not begin.
 * @throws Failure: a kind and code per status and interruption.
 */
export async function send(
  way: Way,
  request: Plan & { readonly url?: URL },
  intent: Intent,
): Promise<Incoming> {
  for (let attempt = 0; ; attempt++) {
    const last = await attemptSignedIn(way, request, intent)
    const pause = intent.writes ? undefined : pauseBefore(last, attempt, way.limits, way.now())
    if (pause === undefined) return finish(way, last, intent)
    way.log.info('FHIR read is tried again', {
      system: way.system,
      attempt: attempt + 1,
      code: codeOf(last),
      ms: pause,
    })
    await way.wait(pause)
  }
}

function finish(way: Way, last: Attempt, intent: Intent): Incoming {
  if (last instanceof Interruption) throw interruptionFailure(last, intent.writes, way.system)
  checkStatus(last, intent, way.system)
  return last
}

async function attemptSignedIn(
  way: Way,
  request: Plan & { readonly url?: URL },
  intent: Intent,
): Promise<Attempt> {
  const first = await way.access.authorization()
  const last = await attemptOnce(way, request, intent, first)
  if (last instanceof Interruption || last.status !== 401 || first === '') return last
  const second = await way.access.authorization(first)
  return second === first ? last : await attemptOnce(way, request, intent, second)
}

async function attemptOnce(
  way: Way,
  request: Plan & { readonly url?: URL },
  { writes }: Intent,
  authorization: string,
): Promise<Attempt> {
  const { method, path, body } = request
  const headers = {
    accept: 'application/fhir+json',
    ...lowered(request.headers),
    ...(authorization ? { authorization } : {}),
  }
  const url = request.url ?? below(way.base, path)
  const lastCheck = writes ? way.guard.check : undefined
  const began = way.now()
  const last = await way.transport
    .send({ method, url, headers, body, writes, lastCheck }, way.limits)
    .catch(asInterruption)
  way.log.debug('FHIR exchange', {
    system: way.system,
    act: method,
    code: codeOf(last),
    ms: way.now() - began,
  })
  return last
}

function asInterruption(error: unknown): Interruption {
  if (error instanceof Interruption) return error
  throw error
}

function codeOf(attempt: Attempt): string {
  return attempt instanceof Interruption ? attempt.reason : String(attempt.status)
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
