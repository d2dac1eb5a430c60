import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../../orchestrator/ledger/embedded.ts'
import type { Contest, Measured } from './contest.ts'
import { loadAnswerSchema, type LoadAnswer, type LoadRequest } from './hl7-load.ts'
import { flushingContender } from './flushing.ts'
import { readySchema, SETTLE, settledSchema, type ServerKind } from './hl7-server.ts'
import { startProcess, type OwnProcess } from './own-process.ts'
import type { Subject, SubjectOptions } from './speed.ts'

const CONNECTIONS = 16
const WINDOW = 16

const OURS = 'ontregel: committed, then answered'
const SILENT = 'ontregel without its queue'
const MEDPLUM = '@medplum/hl7: answered, not kept'
const ROW_BY_ROW = '@medplum/hl7 and an INSERT each'
const NODE_HL7 = 'node-hl7-server: answered, not kept'

const SERVERS: Readonly<Record<string, ServerKind>> = {
  [OURS]: 'ours',
  [SILENT]: 'ours-silent',
  [MEDPLUM]: 'medplum',
  [ROW_BY_ROW]: 'row-by-row',
  [NODE_HL7]: 'node-hl7-server',
}

const WHEN_SHORT =
  'a message passes four turns before it is answered (sender, listener, PostgreSQL, the flush to disk) where a peer that keeps nothing has two, and all of them share these cores and this disk, whose own row says what it allows; a commit costs PostgreSQL about 0.5 ms and 20 µs for each message, so few at once are dear; sorting by patient and telling the queue come after the answers, on the same cores: the row without the queue shows its part'

const short = { of: OURS, whenShort: WHEN_SHORT }
const TARGETS = {
  waiting: [
    { ...short, than: MEDPLUM, times: 1.3 },
    { ...short, than: ROW_BY_ROW, times: 2 },
  ],
  windows: [{ ...short, than: MEDPLUM, times: 2.4 }],
}

/**
 * Messages taken in over MLLP, each server and the load in a process of its own, with a PostgreSQL in a temporary
 * folder. Ours is the whole way in: listener, sealing, group commit, doorbell.
 */
export async function openReceivingContests({ seconds }: SubjectOptions): Promise<Subject> {
  const stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-speed-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  // PostgreSQL may run under an account of its own, which must reach its folder.
  await chmod(folder, 0o711)
  const database = await startEmbeddedDatabase({ folder })
  stack.defer(() => database.stop())
  const load = stack.use(startProcess('hl7-load.ts'))
  const ports = new Map<string, { readonly port: number; readonly server: OwnProcess }>()
  for (const [name, kind] of Object.entries(SERVERS)) {
    const server = stack.use(startProcess('hl7-server.ts'))
    const { port } = readySchema.parse(await server.ask({ kind, databaseUrl: database.url }))
    ports.set(name, { port, server })
  }
  const contestWith = (window: number, title: string, targets: Contest['targets']): Contest => ({
    title: `HL7 in over MLLP, ${CONNECTIONS} connections, ${title}`,
    contenders: [
      ...[...ports].map(([name, { port, server }]) => ({
        name,
        measure: async () => {
          const request: LoadRequest = { port, window, seconds, connections: CONNECTIONS }
          const answered = loadAnswerSchema.parse(await load.ask(request))
          return withRemark(answered, seconds, await settled(server))
        },
      })),
      flushingContender(folder, CONNECTIONS * window, seconds),
    ],
    targets,
  })
  return {
    contests: [
      contestWith(1, 'each waits for its answer', TARGETS.waiting),
      contestWith(WINDOW, `${WINDOW} unanswered each`, TARGETS.windows),
    ],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** How long a server still worked on what it had answered already, in seconds; undefined for one that never does. */
async function settled(server: OwnProcess): Promise<number | undefined> {
  const begin = performance.now()
  const { leavesWork } = settledSchema.parse(await server.ask(SETTLE))
  return leavesWork ? (performance.now() - begin) / 1000 : undefined
}

function withRemark(
  { perSecond, outOfOrder, wrong }: LoadAnswer,
  seconds: number,
  settling: number | undefined,
): Measured {
  const through = Math.round((perSecond * seconds) / (seconds + (settling ?? 0)))
  const remarks = [
    ...(settling !== undefined ? [`${through}/s until all of it was sorted by patient and rung for`] : []),
    ...(outOfOrder > 0 ? [`${outOfOrder} answers out of order`] : []),
    ...(wrong > 0 ? [`${wrong} answers to nothing that waited`] : []),
  ]
  return { perSecond, ...(remarks.length > 0 ? { remark: remarks.join(', ') } : {}) }
}
