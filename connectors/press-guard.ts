/**
 * What a system asks in the last moment before bytes that may change something leave this process. The runner checks a
 * dead man before it presses, but a connection that must be opened first, or a browser between us and the network, puts
 * time between that check and the wire: a process that is frozen there and thawed would act late.
 *
 * A system that sends the request itself (FHIR, HL7) calls `check` when its connection is ready, just before it writes.
 * A system that only carries what another program sends (the browser's gate) cannot tell which request is the press; while
 * `armed` it must let nothing through after this process stood still for longer than `limitMs`, for as long as it does
 * run, whatever comes too late is cut off by the runner itself.
 */
export interface PressGuard {
  /** @throws unsure, code `dead-man`, when a press is under way and was armed longer ago than is allowed */
  readonly check: () => void
  /** An act is armed and not confirmed yet. */
  readonly armed: () => boolean
  /** How long may lie between arming and the bytes of the press. */
  readonly limitMs: number
}

/** For reading, and for what is no act: nothing is armed. */
export const NO_PRESS: PressGuard = { check: () => undefined, armed: () => false, limitMs: Infinity }
