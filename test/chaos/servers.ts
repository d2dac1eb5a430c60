import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../../orchestrator/ledger/embedded.ts'
import { startPracticeProcess, type PracticeProcess } from '../practice/practice-process.ts'
import { startTestRedis } from '../redis.ts'
import type { ChaosOptions } from './flags.ts'

/** What a run stands on, in a folder that goes with it: none of it is anybody else's. */
export interface Servers extends AsyncDisposable {
  readonly folder: string
  readonly databaseUrl: string
  readonly redisUrl: string | undefined
}

/** Starts PostgreSQL as the product does, with all its flushing, and Redis when the queue runs on it. */
export async function openServers(backend: ChaosOptions['backend']): Promise<Servers> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-chaos-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  // The database may run under an account of its own.
  await chmod(folder, 0o711)
  const database = await startEmbeddedDatabase({ folder: join(folder, 'postgres') })
  opened.defer(() => database.stop())
  const redis = backend === 'redis' ? opened.use(await startTestRedis()) : undefined
  const all = opened.move()
  return {
    folder,
    databaseUrl: database.url,
    redisUrl: redis?.url,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

/** A practice hospital of its own for each part of a run, which misbehaves as the seed says. */
export async function openHospital(
  servers: Servers,
  name: string,
  { faults, kinds, seed, late }: Pick<ChaosOptions, 'faults' | 'kinds' | 'seed' | 'late'>,
): Promise<PracticeProcess> {
  const data = join(servers.folder, name)
  await mkdir(data)
  const nothingElse = ['--patients', '20', '--referrals', '0', '--appointments', '0', '--deaths', '0']
  const hospital = await startPracticeProcess(data, '--seed', String(seed), ...nothingElse)
  await hospital.control('/faults', { rate: faults, kinds, seed, lateMs: late })
  return hospital
}
