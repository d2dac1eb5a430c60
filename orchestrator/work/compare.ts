import type { Act, Bot, Hit } from '../../bots/bot.ts'
import { asFailure } from '../../connectors/failure.ts'
import { NO_PRESS } from '../../connectors/press-guard.ts'
import type { Log } from '../../connectors/log.ts'
import { actsOf } from '../ledger/acts.ts'
import { noteCompared, noteContradicted } from '../ledger/comparing.ts'
import { recordRobotRead } from '../ledger/robot-access.ts'
import type { Deployment } from '../ledger/deployments.ts'
import type { ActRow, ItemRow, LedgerDatabase } from '../ledger/tables.ts'
import { openSystems, type SystemOpener } from './systems.ts'

export interface Comparison {
  readonly db: LedgerDatabase
  readonly bot: Bot
  readonly deployment: Deployment
  /** An item that is done. */
  readonly item: ItemRow
  readonly opener: SystemOpener
  readonly today: string
  readonly stopping: AbortSignal
  readonly log: Log
}

/**
 * Asks the target whether what the ledger holds for done stands there, once and with the same content: the bot runs
 * again, reads as usual, and each act only looks. A difference stops the deployment with an alarm. An item that cannot
 * be looked at now is compared another time. Nothing is pressed.
 */
export async function compareWithTarget(work: Comparison): Promise<void> {
  const { db, bot, deployment, item, today, log } = work
  const acts = new Map((await actsOf(db, item.id)).map((act) => [nameOf(act.name, act.key), act]))
  const different: string[] = []
  await recordRobotRead(db, item.id, 'given')
  const opened = openSystems(work.opener, deployment, {
    arrivedAt: item.arrived_at,
    attempt: item.attempt,
    signal: work.stopping,
    guard: NO_PRESS,
  })
  try {
    await bot.process(item.data, {
      systems: await opened.systems(),
      settings: deployment.settings,
      today,
      signal: work.stopping,
      marker: item.marker,
      next: () => undefined,
      about: () => Promise.resolve(),
      step: (_name, read) => read(),
      act: async (name, act) => {
        const recorded = acts.get(nameOf(name, act.key ?? ''))
        if (await differs(recorded, act)) different.push(name)
        return recorded?.reference ?? ''
      },
    })
  } catch (error) {
    const { code, message } = asFailure(error)
    log.warn('could not be compared with the target', { code, sentence: message })
    return
  } finally {
    await opened.end()
  }
  if (different.length === 0) return await noteCompared(db, item)
  const what = different.map((name) => `"${name}"`).join(', ')
  const sentence = `What the ledger holds for done does not stand at the target once and as it was: ${what}. The deployment is stopped: compare item ${item.id} with the target.`
  await noteContradicted(db, item, sentence)
}

const nameOf = (name: string, key: string): string => JSON.stringify([name, key])

/** Acts without `find` cannot be asked for; one that the ledger does not know was never pressed. */
async function differs<Pressed>(recorded: ActRow | undefined, act: Act<Pressed>): Promise<boolean> {
  if (!act.find) return false
  const hits: readonly Hit[] = await act.find()
  if (!recorded) return hits.length > 0
  return hits.length !== 1 || hits[0]?.same !== true
}
