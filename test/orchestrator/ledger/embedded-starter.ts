import { startEmbeddedDatabase } from '../../../orchestrator/ledger/embedded.ts'

/** A process that starts the database of a folder, says where it is, and then stays until it is killed. */
const database = await startEmbeddedDatabase({ folder: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify({ url: database.url, attached: database.attached })}\n`)
setInterval(() => undefined, 60_000)
