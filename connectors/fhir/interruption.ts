import { Failure } from '../failure.ts'

/** Why an exchange had no complete answer. */
export type InterruptionReason = 'unreachable' | 'certificate' | 'late' | 'lost' | 'too-large' | 'stopped'

/** An exchange without a complete answer; `sent` is false only when provably not one byte of the request left. */
export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly reason: InterruptionReason
  readonly sent: boolean

  constructor(reason: InterruptionReason, sent: boolean, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
    this.sent = sent
  }
}

interface Progress {
  readonly sent: boolean
  readonly late: boolean
  readonly stopped: boolean
}

/** What an error of node's http means, given how far the exchange had come. */
export function interrupted(error: unknown, { sent, late, stopped }: Progress): Interruption {
  if (error instanceof Interruption) return error
  if (stopped) return new Interruption('stopped', sent, error)
  if (late) return new Interruption('late', sent, error)
  // A server that refuses our certificate says so after TLS 1.3 let us speak, but it never hands on what was said.
  if (isCertificateError(error)) return new Interruption('certificate', false, error)
  return new Interruption(sent ? 'lost' : 'unreachable', sent, error)
}

const OURS_REFUSED =
  /ALERT_(BAD_CERTIFICATE|CERTIFICATE_|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)|ALERT_CERTIFICATE/
const THEIRS_REFUSED =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|CRL_|INVALID_CA)/

function isCertificateError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return OURS_REFUSED.test(code) || THEIRS_REFUSED.test(code)
}

const SENTENCES: Readonly<Record<InterruptionReason, string>> = {
  unreachable:
    'could not be reached: see whether it is up and whether the firewall lets this machine through.',
  certificate:
    'and this machine do not accept each other’s certificates: have IT look at their dates and their issuer.',
  late: 'did not answer in time: see whether it is slow or down.',
  lost: 'broke the connection off before its answer was complete: see whether it was restarted.',
  'too-large':
    'sent a larger answer than is allowed: narrow the question, or raise the limit of this system.',
  stopped: 'was being asked when the robot was stopped.',
}

const CODES: Readonly<Record<InterruptionReason, string>> = {
  unreachable: 'unreachable',
  certificate: 'certificate-refused',
  late: 'no-answer',
  lost: 'connection-lost',
  'too-large': 'answer-too-large',
  stopped: 'stopped',
}

/** The failure for an exchange without a complete answer: a write of which anything may have left is `unsure`. */
export function interruptionFailure(interruption: Interruption, writes: boolean, system: string): Failure {
  const { reason, sent } = interruption
  const kind = writes && sent ? 'unsure' : reason === 'too-large' ? 'unexpected' : 'transient'
  const sentence = `The FHIR server "${system}" ${SENTENCES[reason]}`
  return new Failure(kind, CODES[reason], sentence, { system, cause: interruption })
}
