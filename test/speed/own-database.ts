import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../../orchestrator/ledger/embedded.ts'

/** A PostgreSQL in a temporary folder, gone at the end. */
export interface OwnDatabase extends AsyncDisposable {
  readonly url: string
}

/** Starts the embedded PostgreSQL as an installation does: it flushes what it commits to the disk. */
export async function startOwnDatabase(): Promise<OwnDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-speed-'))
  // PostgreSQL may run under an account of its own, which must reach its folder.
  await chmod(folder, 0o711)
  const database = await startEmbeddedDatabase({ folder })
  return {
    url: database.url,
    async [Symbol.asyncDispose]() {
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
