import { sql } from 'kysely'
import { z } from 'zod'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { PracticeProcess } from '../practice/practice-process.ts'

const Effects = z.array(z.object({ kind: z.string(), key: z.string(), marker: z.string() }))

/** What the practice hospital itself counted for one deployment, beside what the ledger says was done. */
export interface WitnessCount {
  /** Effects that carry the marker of one of its items. */
  readonly effects: number
  /** Effects of one kind on one case beyond the first. */
  readonly duplicates: number
  /** Acts that the ledger holds for done and the hospital never saw. */
  readonly missing: number
}

/** Counts per deployment. Effects with a marker that no item has are given under the name `unknown`. */
export async function countWitness(
  db: LedgerDatabase,
  practice: PracticeProcess,
): Promise<ReadonlyMap<string, WitnessCount>> {
  const effects = Effects.parse(await practice.control('/witness'))
  const { rows } = await sql<{ marker: string; deployment: string; acts: number }>`
    SELECT item.marker, item.deployment, count(act.item) FILTER (WHERE act.state = 'done' AND act.how <> 'shadow')::int AS acts
    FROM item LEFT JOIN act ON act.item = item.id GROUP BY item.id`.execute(db)
  const deploymentOf = new Map(rows.map((row) => [row.marker, row.deployment]))
  const byDeployment = Map.groupBy(effects, ({ marker }) => deploymentOf.get(marker) ?? 'unknown')
  const seen = Map.groupBy(effects, ({ marker }) => marker)
  const deployments = new Set([...rows.map((row) => row.deployment), ...byDeployment.keys()])
  return new Map(
    [...deployments].map((deployment) => {
      const own = byDeployment.get(deployment) ?? []
      const cases = new Set(own.map(({ kind, key }) => JSON.stringify([kind, key])))
      const lacking = rows
        .filter((row) => row.deployment === deployment)
        .map(({ marker, acts }) => Math.max(0, acts - (seen.get(marker)?.length ?? 0)))
      const missing = lacking.reduce((sum, count) => sum + count, 0)
      return [deployment, { effects: own.length, duplicates: own.length - cases.size, missing }]
    }),
  )
}
