/**
 * What went wrong decides what may happen next, so every failure states it:
 * - `business`: the data is wrong or a rule says no; a person decides, the robot never tries again.
 * - `transient`: it provably did nothing at the target; it may be tried again later.
 * - `unexpected`: the page, the patient or the answer is not what the robot knows; nothing was pressed,
 *   trying again would give the same, so a person looks at the robot.
 * - `unsure`: everything else; it may have happened.
 */
export type FailureKind = 'business' | 'transient' | 'unexpected' | 'unsure'

export interface FailureOptions {
  /** The system it happened at, as the hospital named it; opens that system's circuit when it keeps failing. */
  readonly system?: string | undefined
  /** What was caught. Kept for a debugger; never logged or stored, for it may quote a page. */
  readonly cause?: unknown
  /** That nothing was done is certain: the target itself answered that it refused, or not a byte was sent. */
  readonly notDone?: boolean | undefined
}

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  /** Stable, in kebab-case, for counting and for looking up: `page-unexpected`. */
  readonly code: string
  readonly system: string | undefined
  readonly notDone: boolean

  /** @param sentence What happened and what a person can do about it; without patient data. */
  constructor(kind: FailureKind, code: string, sentence: string, options: FailureOptions = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.code = code
    this.system = options.system
    this.notDone = options.notDone ?? false
  }
}

/** The failure itself, or `unsure` for anything that did not say what it was: its own text stays in `cause`. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const name = error instanceof Error ? error.name : typeof error
  return new Failure('unsure', 'unforeseen', `Something unforeseen happened (${name}).`, { cause: error })
}
