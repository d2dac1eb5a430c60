/**
 * What one connection is doing, told from its bytes. A browser that sees a reused connection end before the answer
 * sends the request again by itself, a POST too, and the target may have done the first one already.
 */
export interface Exchange {
  /** The browser sent these bytes. */
  sent(bytes: Buffer): void
  /** The target sent these: what of it may be passed on now, and whether it says itself that the request broke off. */
  received(bytes: Buffer): Received
  /** Whether a request may be at the target that the browser would send again if it saw the connection end now. */
  underWay(): boolean
  /** Bytes kept back until it is clear what they are; for when nothing came after them in a while. */
  release(): Buffer
}

export interface Received {
  readonly pass: Buffer
  readonly broken: boolean
  /** Bytes are kept back that are passed on when no end follows them soon. */
  readonly inDoubt: boolean
}
