import { inflateRawSync } from 'node:zlib'

/** All entries of a zip file as one text. */
export function unzipped(zip: Buffer): string {
  const texts: string[] = []
  const end = zip.lastIndexOf('PK\x05\x06')
  for (let at = zip.readUInt32LE(end + 16); zip.toString('latin1', at, at + 4) === 'PK\x01\x02';) {
    const [method, size, offset] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 42),
    ]
    const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
    const bytes = zip.subarray(start, start + size)
    texts.push((method === 8 ? inflateRawSync(bytes) : bytes).toString('latin1'))
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return texts.join('\n')
}
