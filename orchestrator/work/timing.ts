/** The waits of the protocol, in seconds; README.md says what they are for, config.ts holds the defaults. */
export interface Timing {
  /** How long a claim holds without a heartbeat. */
  readonly leaseSeconds: number
  readonly heartbeatSeconds: number
  /** Arming needs a lease that has more than this left. */
  readonly armMarginSeconds: number
  /** At most this long from asking to arm until the press, else nothing is pressed. */
  readonly deadManSeconds: number
  /** Nothing touches an unsure item for this long; longer than any pause that is tolerated. */
  readonly quietSeconds: number
  /** Between the two looks at the target. */
  readonly settleSeconds: number
  readonly sweepSeconds: number
  readonly maxAttempts: number
  /** The first wait before another attempt; doubled each time. */
  readonly backoffSeconds: number
  /** Failures in a row that open a system's circuit. */
  readonly circuitFailures: number
  /** How long an open circuit lets nothing through before one trial item. */
  readonly circuitSeconds: number
}

/** Time and randomness as the work needs them, handed in so that a test can be exact. */
export interface Clock {
  /** Milliseconds that only go up; decides nothing but the dead-man check. */
  readonly monotonic: () => number
  /** Milliseconds since 1970. */
  readonly wall: () => number
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 up to 1. */
  readonly random: () => number
}
