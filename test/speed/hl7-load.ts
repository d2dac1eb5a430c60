import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { adtMessage } from './hl7-messages.ts'

const loadRequestSchema = z.object({
  port: z.number(),
  connections: z.number(),
  /** Messages sent and not answered, per connection. */
  window: z.number(),
  seconds: z.number(),
})
export type LoadRequest = z.output<typeof loadRequestSchema>

export const loadAnswerSchema = z.object({
  perSecond: z.number(),
  /** Answers that came before an older one. */
  outOfOrder: z.number(),
  /** Answers that were no AA to a message that waited for one. */
  wrong: z.number(),
})

export type LoadAnswer = z.output<typeof loadAnswerSchema>

const WARM_UP_MS = 250

interface Tally {
  right: number
  outOfOrder: number
  wrong: number
  stopped: boolean
}

/** So that no message is one that a server had before. */
let made = 0

/** A connection that keeps as many messages unanswered as the window says. */
async function join(port: number, window: number, tally: Tally): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  const unanswered: string[] = []
  let rest = ''
  const send = () => {
    const id = `S${process.pid}X${made++}`
    unanswered.push(id)
    socket.write(Buffer.concat([Buffer.from('\x0b'), adtMessage(id), Buffer.from('\x1c\r')]))
  }
  socket.on('data', (chunk: Buffer) => {
    const frames = (rest + chunk.toString('latin1')).split('\x1c\r')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const isAnswer = judge(frame, unanswered, tally)
      if (isAnswer && !tally.stopped) send()
    }
  })
  for (let n = 0; n < window; n++) send()
  return socket
}

function judge(frame: string, unanswered: string[], tally: Tally): boolean {
  const [, code, id = ''] = /[\r\n]MSA\|(\w\w)\|([^|\r\n]*)/.exec(frame) ?? []
  const place = unanswered.indexOf(id)
  if (place < 0 || code !== 'AA') {
    tally.wrong++
    return false
  }
  unanswered.splice(place, 1)
  if (place > 0) tally.outOfOrder++
  tally.right++
  return true
}

async function run({ port, connections, window, seconds }: LoadRequest) {
  const tally: Tally = { right: 0, outOfOrder: 0, wrong: 0, stopped: false }
  const sockets = await Promise.all(Array.from({ length: connections }, () => join(port, window, tally)))
  await pause(WARM_UP_MS)
  const [begin, before] = [performance.now(), tally.right]
  await pause(seconds * 1000)
  const perSecond = (tally.right - before) / ((performance.now() - begin) / 1000)
  tally.stopped = true
  const closed = sockets.map((socket) => once(socket, 'close'))
  for (const socket of sockets) socket.destroy()
  await Promise.all(closed)
  return { perSecond, outOfOrder: tally.outOfOrder, wrong: tally.wrong }
}

if (process.send)
  process.on('message', async (request) => process.send?.(await run(loadRequestSchema.parse(request))))
