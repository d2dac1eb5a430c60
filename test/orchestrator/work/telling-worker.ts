import { randomBytes, randomUUID } from 'node:crypto'
import { silentLog } from '../../../connectors/log.ts'
import { readConfig } from '../../../orchestrator/config.ts'
import { findDeployment } from '../../../orchestrator/ledger/deployments.ts'
import { claimItem } from '../../../orchestrator/ledger/items.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { openItemLanes } from '../../../orchestrator/ledger/item-lanes.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { runItem } from '../../../orchestrator/work/run-item.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { openerOf, tellingBot } from './telling-bot.ts'

/** Does one item in a process that can be killed: `database item`. */
const [url = '', id = ''] = process.argv.slice(2)
const timing = readConfig({})
const worker = randomUUID()
const db = await openLedger({ url, onError: () => undefined })
const item = await claimItem(db, id, worker, timing.leaseSeconds)
const deployment = item && (await findDeployment(db, item.deployment))
if (!item || !deployment) throw new Error('The item could not be claimed.')
await runItem({
  ...{
    db,
    lanes: openItemLanes(db, worker, timing),
    item,
    deployment,
    timing,
    bot: tellingBot,
    opener: openerOf(db),
    worker,
  },
  ...{ secrets: secretBox(randomBytes(32)), clock: systemClock, log: silentLog, today: '2026-11-21' },
  signal: new AbortController().signal,
  stopping: new AbortController().signal,
  followUp: () => Promise.reject(new Error('No follow-ups here.')),
})
