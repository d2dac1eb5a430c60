import { linkAddress } from '../server/door/link-sign-in.ts'
import { startServer } from '../server/start-server.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { firstAdministratorLink } from '../../orchestrator/ledger/first-administrator.ts'
import type { Terminal } from './terminal.ts'

/** Starts the pages and says where they are, and at the first start how to come in. Gives what closes them. */
export async function openPages(
  terminal: Terminal,
  installation: Installation,
): Promise<() => Promise<void>> {
  try {
    const server = await startServer({ installation })
    terminal.out(`Pages: ${server.address} · the API is described at ${server.address}/api`)
    const key = await firstAdministratorLink(server.doorDb)
    if (key !== undefined) {
      terminal.out(
        'Nobody administers this installation yet. This link makes you its administrator, once, within a day:',
      )
      terminal.out(linkAddress(server.address, key))
    }
    return () => server.close()
  } catch (error) {
    await installation.close()
    throw error
  }
}
