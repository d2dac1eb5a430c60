/** What the practice hospital reads of a message that it gets. Names are empty when the message has none. */
export interface Received {
  readonly controlId: string
  /** `SIU^S12` */
  readonly type: string
  /** MSH-3. */
  readonly sender: string
  /** MSH-5. */
  readonly application: string
  /** The hospital's own number of the patient in PID-3; undefined when there is none. */
  readonly zis: string | undefined
}

/** Reads a message with the usual delimiters, as the robots send them. */
export function readReceived(bytes: Buffer): Received {
  const segments = bytes
    .toString('latin1')
    .split('\r')
    .map((line) => line.split('|'))
  const field = (name: string, place: number) => segments.find(([is]) => is === name)?.[place] ?? ''
  const numbers = field('PID', 3)
    .split('~')
    .map((number) => number.split('^'))
  const [type = '', event = ''] = field('MSH', 8).split('^')
  return {
    controlId: field('MSH', 9),
    type: `${type}^${event}`,
    sender: field('MSH', 2),
    application: field('MSH', 4),
    zis: numbers.find(([, , , authority]) => authority === 'ZIS')?.[0],
  }
}
