/** One record of TLS; what is in it cannot be read, its kind and length can. */
export interface TlsRecord {
  readonly kind: number
  /** Of what it carries, without its own five bytes. */
  readonly length: number
  readonly bytes: Buffer
}

const HEADER = 5
const NOTHING = Buffer.alloc(0)

/** Cuts a stream into whole records; gives those that became whole. Bytes of one that is not whole are kept. */
export function cutRecords(): (bytes: Buffer) => readonly TlsRecord[] {
  let kept: Buffer = NOTHING
  return (bytes) => {
    kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
    const records: TlsRecord[] = []
    while (kept.length >= HEADER && kept.length >= HEADER + kept.readUInt16BE(3)) {
      const length = kept.readUInt16BE(3)
      records.push({ kind: kept.readUInt8(0), length, bytes: kept.subarray(0, HEADER + length) })
      kept = kept.subarray(HEADER + length)
    }
    return records
  }
}
