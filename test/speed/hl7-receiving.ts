import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../../orchestrator/ledger/embedded.ts'
import type { Contest, Measured } from './contest.ts'
import { loadAnswerSchema, type LoadAnswer, type LoadRequest } from './hl7-load.ts'
import { readySchema, type ServerKind } from './hl7-server.ts'
import { startProcess } from './own-process.ts'
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
  'each message is several rows and a dozen index entries in one PostgreSQL on the same cores, a batch waits for its flush, and the queue is told on the same cores: the row without the queue shows its part'

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
  const ports = new Map<string, number>()
  for (const [name, kind] of Object.entries(SERVERS)) {
    const server = stack.use(startProcess('hl7-server.ts'))
    const { port } = readySchema.parse(await server.ask({ kind, databaseUrl: database.url }))
    ports.set(name, port)
  }
  const contestWith = (window: number, title: string, targets: Contest['targets']): Contest => ({
    title: `HL7 in over MLLP, ${CONNECTIONS} connections, ${title}`,
    contenders: [...ports].map(([name, port]) => ({
      name,
      measure: async () => {
        const request: LoadRequest = { port, window, seconds, connections: CONNECTIONS }
        return withRemark(loadAnswerSchema.parse(await load.ask(request)))
      },
    })),
    targets,
  })
  return {
    contests: [
      contestWith(1, 'each waits for its answer', [
        { of: OURS, than: MEDPLUM, times: 1.3, whenShort: WHEN_SHORT },
        { of: OURS, than: ROW_BY_ROW, times: 2, whenShort: WHEN_SHORT },
      ]),
      contestWith(WINDOW, `${WINDOW} unanswered each`, [
        { of: OURS, than: MEDPLUM, times: 2.4, whenShort: WHEN_SHORT },
      ]),
    ],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function withRemark({ perSecond, outOfOrder, wrong }: LoadAnswer): Measured {
  const remarks = [
    ...(outOfOrder > 0 ? [`${outOfOrder} answers out of order`] : []),
    ...(wrong > 0 ? [`${wrong} answers to nothing that waited`] : []),
  ]
  return { perSecond, ...(remarks.length > 0 ? { remark: remarks.join(', ') } : {}) }
}
