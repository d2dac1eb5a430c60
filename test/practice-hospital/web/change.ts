import type { FastifyReply, FastifyRequest } from 'fastify'
import { setTimeout as wait } from 'node:timers/promises'
import { FAULT_KINDS } from '../faults.ts'
import { hiddenInputs } from './form.ts'
import { markup, page } from './html.ts'
import type { Site } from './site.ts'
import { breakOff, sessionGone, timeOut } from './trouble.ts'
import { sendAnswer, type Answer, type Visit } from './visit.ts'

/** Something that changes in the hospital. */
export interface Change {
  /** The page to show again when what was filled in is not right. */
  readonly check?: (visit: Visit) => Answer | undefined
  /** Carries it out. `record` names what was made, so that searches can lag behind it. */
  readonly apply: (visit: Visit) => { readonly answer: Answer; readonly record?: string }
}

interface ChangeRequest {
  readonly site: Site
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly visit: Visit
  readonly change: Change
}

const CONFIRMED = '_bevestigd'

/** Checks, draws a fault, and carries the change out as the fault lets it. */
export async function applyWithFault(asked: ChangeRequest): Promise<FastifyReply> {
  const { site, request, reply, visit, change } = asked
  const wrong = change.check?.(visit)
  if (wrong) return sendAnswer(reply, wrong)
  const { faults } = site.hospital
  const fault = faults.draw('write', possibleKinds(visit))
  const apply = () => site.hospital.store.together(() => change.apply(visit))
  switch (fault?.kind) {
    case 'error-not-applied':
      return breakOff(site.title, request, reply, fault)
    case 'error-but-applied':
      apply()
      return breakOff(site.title, request, reply, fault)
    case 'applied-late':
      faults.later(fault.ms, apply)
      return timeOut(site.title, reply)
    case 'session-expired':
      site.sessions.end(request)
      return sessionGone(request, reply)
    case 'double-confirmation':
      return sendAnswer(reply, askAgain(site.title, request.url, visit))
    case 'slow':
      await wait(fault.ms)
  }
  const { answer, record } = apply()
  if (fault?.kind === 'search-lags' && record) faults.hide(record, fault.ms)
  return sendAnswer(reply, answer)
}

function possibleKinds(visit: Visit) {
  return visit.form[CONFIRMED] ? FAULT_KINDS.filter((kind) => kind !== 'double-confirmation') : FAULT_KINDS
}

function askAgain(application: string, action: string, visit: Visit): Answer {
  const body = markup`<p>Controleer uw gegevens. Er is nog niets vastgelegd.</p>
    <form method="post" action="${action}">
      ${hiddenInputs({ ...visit.form, [CONFIRMED]: '1' })}
      <p><button type="submit">Definitief bevestigen</button></p>
    </form>`
  return { page: page(application, 'Nog een bevestiging', body) }
}
