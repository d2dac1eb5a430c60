/** What we use of hl7-standard, which brings no types of its own. */
declare module 'hl7-standard' {
  export default class HL7 {
    constructor(message: string)
    /** Parses; throws, or silently merges and drops lines, on what it does not expect. */
    transform(): void
    /** The first sub-component of the first repetition at `PID.5.1`. */
    get(path: string): unknown
    /** The first segment of a name; its `get` takes the repetition, from 0. */
    getSegment(name: string): { get(path: string, repetition: number): unknown } | undefined
  }
}
