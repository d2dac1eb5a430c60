import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import {
  readExplainedBaselines,
  type ExplainedBaseline,
} from '../../orchestrator/savings/explained-baseline.ts'
import type { BaselineUse } from '../../orchestrator/savings/minutes.ts'
import type { SavingsReport } from '../../orchestrator/savings/report.ts'

/** What a deployment has of a chain, by its name. */
export interface NamedPart {
  readonly chain: string
  readonly deployment: string
  readonly variant: string
  /** Decimal text. */
  readonly share: string
  readonly baselineDeployment: string
  readonly baselineVariant: string
}

/** The baselines that the figures of a report are made of, and the chains that share them. */
export interface ReportBaselines {
  readonly byId: ReadonlyMap<number, ExplainedBaseline>
  readonly parts: readonly NamedPart[]
}

/** All that regular work and backlogs used; of chains those that were valid in the period. */
export async function readReportBaselines(
  db: LedgerDatabase,
  { period, hospitals }: SavingsReport,
): Promise<ReportBaselines> {
  const deployments = hospitals.flatMap((hospital) => hospital.deployments)
  const used = deployments.flatMap(({ used: regular, oneOff }) => [...regular, ...oneOff.used])
  const baselines = await readExplainedBaselines(
    db,
    used.map(({ baseline }) => baseline.id),
  )
  const parts = await db
    .selectFrom('chain_part')
    .innerJoin('chain', 'chain.id', 'chain_part.chain')
    .select(['chain.name as chain', 'chain_part.deployment', 'chain_part.variant', 'chain_part.share'])
    .select(['baseline_deployment as baselineDeployment', 'baseline_variant as baselineVariant'])
    .where('chain_part.deployment', 'in', ['', ...deployments.map(({ id }) => id)])
    .where('chain.valid_from', '<=', period.until)
    .where((eb) => eb.or([eb('chain.valid_until', 'is', null), eb('chain.valid_until', '>', period.from)]))
    .orderBy('chain.id')
    .execute()
  return { byId: new Map(baselines.map((row) => [row.id, row])), parts }
}

/** The names of the chains by which a deployment used this share of the baseline; empty when it used the whole of it. */
export function chainsOf(
  { parts }: ReportBaselines,
  deployment: string,
  { baseline, variant, share }: BaselineUse,
): string {
  if (Number(share) === 1) return ''
  const own = parts.filter(
    (part) =>
      part.deployment === deployment &&
      part.variant === variant &&
      Number(part.share) === Number(share) &&
      part.baselineDeployment === baseline.deployment &&
      part.baselineVariant === baseline.variant,
  )
  return [...new Set(own.map(({ chain }) => chain))].join(', ')
}
