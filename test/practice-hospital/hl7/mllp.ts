const START = 0x0b
const END = 0x1c
const RETURN = 0x0d

/** The message between the bytes that MLLP puts around it. */
export function frame(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from([START]), message, Buffer.from([END, RETURN])])
}

/** A decoder for one connection: give it what arrives, however cut up, and it gives the whole messages. */
export function createDeframer(): (chunk: Buffer) => readonly Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const messages: Buffer[] = []
    for (;;) {
      const start = rest.indexOf(START)
      const end = rest.indexOf(Buffer.from([END, RETURN]), Math.max(start, 0))
      if (start < 0 || end < 0) return messages
      messages.push(rest.subarray(start + 1, end))
      rest = rest.subarray(end + 2)
    }
  }
}

export interface Acknowledgement {
  /** `AA`, `AE`, `AR`, `CA`, `CE` or `CR`. */
  readonly code: string
  /** Control id of the message that it answers. */
  readonly controlId: string
}

/** The MSA of an acknowledgement; undefined when it has none. */
export function readAcknowledgement(message: Buffer): Acknowledgement | undefined {
  const lines = message.toString('latin1').split('\r')
  const separator = lines[0]?.[3] ?? '|'
  const [, code, controlId] = lines.find((line) => line.startsWith(`MSA${separator}`))?.split(separator) ?? []
  return code !== undefined && controlId !== undefined ? { code, controlId } : undefined
}
