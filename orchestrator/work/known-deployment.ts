import type { Bot } from '../../bots/bot.ts'
import type { Log } from '../../connectors/log.ts'
import { findDeployment, type Deployment } from '../ledger/deployments.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** A deployment with the bot that does its work here. */
export interface Known {
  readonly bot: Bot
  readonly deployment: Deployment
}

interface Around {
  readonly db: LedgerDatabase
  readonly bots: ReadonlyMap<string, Bot>
  readonly log: Log
}

/** Undefined when there is no such deployment, or when its bot is not in this version, which is logged. */
export async function knownDeployment(around: Around, id: string): Promise<Known | undefined> {
  const deployment = await findDeployment(around.db, id)
  return deployment && knownBot(around, deployment)
}

/** Undefined when its bot is not in this version, which is logged. */
export function knownBot(around: Omit<Around, 'db'>, deployment: Deployment): Known | undefined {
  const bot = around.bots.get(deployment.bot)
  if (bot) return { bot, deployment }
  around.log.error('deployment cannot be done here: its bot is not in this version', {
    deployment: deployment.id,
  })
  return undefined
}
