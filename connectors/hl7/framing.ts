/** MLLP: a frame starts with VT, ends with FS, and a CR follows. */
const VT = 0x0b
const FS = 0x1c
const CR = 0x0d
const LF = 0x0a

/** 50 MB: a report with a scanned letter inside fits. */
export const DEFAULT_FRAME_BYTES = 50 * 1024 * 1024
/** Enough of a message that is too large to read its header and answer it by its own id. */
const HEAD_BYTES = 4096
/** Small pieces are copied together, so that a peer that sends byte by byte costs bytes and not objects. */
const BLOCK_BYTES = 64 * 1024
const LARGE_PIECE = 16 * 1024
/** A frame that begins inside another. */
const INNER = '\x0bMSH'
/** Inner frames that are told one by one; a connection with more nonsense than this is ended anyway. */
const MOST_INNER = 100

/**
 * What came out of the stream, in order:
 * - `frame`: the bytes between VT and FS, as sent;
 * - `garbage`: bytes outside a frame, told once when a stretch of them begins (`bytes` is empty);
 * - `too-large`: a frame over the cap has ended; `bytes` is its head, the rest was not kept;
 * - `cut-off`: a frame without its end, because another began inside it or the stream ended.
 */
export interface Received {
  readonly kind: 'frame' | 'garbage' | 'too-large' | 'cut-off'
  readonly bytes: Buffer
}

export interface Decoder {
  /** Takes what the socket gave and returns what is complete by now. */
  push(chunk: Buffer): Received[]
  /** Call when the stream ends: a frame that was begun is `cut-off`. */
  end(): Received[]
  /** Whether a frame has begun and not ended. */
  inFrame(): boolean
  /** Bytes held in memory. */
  held(): number
  /** Bytes seen outside frames, line ends not counted. */
  garbage(): number
}

interface Stream {
  readonly maxBytes: number
  state: 'between' | 'frame' | 'skipping'
  inGarbage: boolean
  garbage: number
  pieces: Buffer[]
  block: Buffer
  blockFilled: number
  size: number
}

/** A decoder for one socket. Holds at most `maxBytes` and one block of 64 kB, whatever is sent. */
export function createDecoder(maxBytes: number = DEFAULT_FRAME_BYTES): Decoder {
  const stream: Stream = {
    maxBytes,
    state: 'between',
    inGarbage: false,
    garbage: 0,
    pieces: [],
    block: Buffer.alloc(0),
    blockFilled: 0,
    size: 0,
  }
  return {
    push: (chunk) => push(stream, chunk),
    end: () => end(stream),
    inFrame: () => stream.state !== 'between',
    held: () => (stream.state === 'skipping' ? Math.min(stream.size, HEAD_BYTES) : stream.size),
    garbage: () => stream.garbage,
  }
}

/** A message as it goes over the wire. */
export function encodeFrame(message: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(message.length + 3)
  frame[0] = VT
  message.copy(frame, 1)
  frame[message.length + 1] = FS
  frame[message.length + 2] = CR
  return frame
}

function push(stream: Stream, chunk: Buffer): Received[] {
  const out: Received[] = []
  let at = 0
  while (at < chunk.length) {
    at = stream.state === 'between' ? seekStart(stream, chunk, at, out) : readFrame(stream, chunk, at, out)
  }
  return out
}

function end(stream: Stream): Received[] {
  if (stream.state === 'between') return []
  const kind = stream.state === 'frame' ? 'cut-off' : 'too-large'
  const bytes = take(stream).subarray(0, HEAD_BYTES)
  return [{ kind, bytes }]
}

function seekStart(stream: Stream, chunk: Buffer, at: number, out: Received[]): number {
  const start = chunk.indexOf(VT, at)
  const stop = start < 0 ? chunk.length : start
  let strange = 0
  for (let place = at; place < stop; place++) if (chunk[place] !== CR && chunk[place] !== LF) strange++
  stream.garbage += strange
  if (strange > 0 && !stream.inGarbage) {
    stream.inGarbage = true
    out.push({ kind: 'garbage', bytes: Buffer.alloc(0) })
  }
  if (start < 0) return chunk.length
  stream.inGarbage = false
  stream.state = 'frame'
  return start + 1
}

function readFrame(stream: Stream, chunk: Buffer, at: number, out: Received[]): number {
  const stop = chunk.indexOf(FS, at)
  const piece = chunk.subarray(at, stop < 0 ? chunk.length : stop)
  if (stream.state === 'frame' && stream.size + piece.length > stream.maxBytes) startSkipping(stream, piece)
  else if (stream.state === 'frame' && stop >= 0 && stream.size === 0) {
    stream.state = 'between'
    separate(piece, out)
    return stop + 1
  } else if (stream.state === 'frame') keep(stream, piece)
  if (stop < 0) return chunk.length
  if (stream.state === 'skipping') out.push({ kind: 'too-large', bytes: take(stream) })
  else separate(take(stream), out)
  return stop + 1
}

/**
 * A frame that begins inside another tells that the first was never finished: they must not become one message. One with
 * more of them than anybody sends by accident is cut off as a whole.
 */
function separate(bytes: Buffer, out: Received[]): void {
  let start = 0
  while (bytes[start] === VT) start++
  let inner = 0
  for (let next = bytes.indexOf(INNER, start); next >= 0; next = bytes.indexOf(INNER, start)) {
    if (++inner > MOST_INNER) return void out.push(cutOff(bytes, start, bytes.length))
    out.push(cutOff(bytes, start, next))
    start = next + 1
  }
  out.push({ kind: 'frame', bytes: start === 0 ? bytes : bytes.subarray(start) })
}

function cutOff(bytes: Buffer, start: number, end: number): Received {
  return { kind: 'cut-off', bytes: bytes.subarray(start, Math.min(end, start + HEAD_BYTES)) }
}

function keep(stream: Stream, piece: Buffer): void {
  stream.size += piece.length
  if (piece.length >= LARGE_PIECE) {
    closeBlock(stream)
    stream.pieces.push(piece)
    return
  }
  if (stream.blockFilled + piece.length > stream.block.length) {
    closeBlock(stream)
    stream.block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  }
  piece.copy(stream.block, stream.blockFilled)
  stream.blockFilled += piece.length
}

function closeBlock(stream: Stream): void {
  if (stream.blockFilled > 0) stream.pieces.push(stream.block.subarray(0, stream.blockFilled))
  stream.block = stream.block.subarray(stream.blockFilled)
  stream.blockFilled = 0
}

function startSkipping(stream: Stream, piece: Buffer): void {
  if (stream.size < HEAD_BYTES) keep(stream, piece.subarray(0, HEAD_BYTES))
  const head = Buffer.from(take(stream).subarray(0, HEAD_BYTES))
  stream.state = 'skipping'
  stream.pieces = [head]
  stream.size = head.length
}

/** Hands over what was kept and starts anew, outside a frame. */
function take(stream: Stream): Buffer {
  closeBlock(stream)
  const bytes = stream.pieces.length === 1 ? stream.pieces[0] : undefined
  const whole = bytes ?? Buffer.concat(stream.pieces)
  stream.pieces = []
  stream.block = Buffer.alloc(0)
  stream.size = 0
  stream.state = 'between'
  return whole
}
