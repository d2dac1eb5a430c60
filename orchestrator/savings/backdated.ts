import { sql, type RawBuilder } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { NewBaseline } from './baselines.ts'
import { refused } from './input-checks.ts'

/**
 * Of a row of `baseline`: whether items count by it that were counted before it was measured. Said wherever the baseline
 * is told, for what was done then may have taken other minutes.
 */
export const isBackdated = (): RawBuilder<boolean> =>
  sql<boolean>`CASE WHEN baseline.measured_on > baseline.valid_from THEN last_counted_day(baseline.deployment, baseline.variant,
    baseline.valid_from, least(baseline.measured_on, baseline.valid_until)) IS NOT NULL ELSE false END`

/**
 * Items that were counted before it was measured are not priced with it unasked: those of its own deployment and those of
 * chains that split it, as the ledger itself finds the last day on which a baseline was counted.
 * @param until the first day of the baseline that follows it, where there is one
 * @throws business: names how many they are, and from which day on
 */
export async function checkBackdated(
  tx: LedgerDatabase,
  { deployment, variant, validFrom, measuredOn }: NewBaseline,
  until: string | undefined,
): Promise<void> {
  if (validFrom >= measuredOn) return
  const { rows } = await sql<{ first: string | null; items: number }>`
    SELECT min(c.day) AS first, coalesce(sum(c.counting), 0)::int AS items FROM day_count c
    LEFT JOIN LATERAL (
      SELECT h.baseline_deployment, h.baseline_variant FROM chain_part p JOIN chain h ON h.id = p.chain
      WHERE p.deployment = c.deployment AND p.variant = c.variant AND daterange(h.valid_from, h.valid_until) @> c.day
    ) line ON true
    WHERE c.counting > 0 AND c.kind <> 'left-out' AND c.day >= ${validFrom}
      AND c.day < least(${measuredOn}::date, ${until ?? null}::date)
      AND coalesce(line.baseline_deployment, c.deployment) = ${deployment}
      AND coalesce(line.baseline_variant, c.variant) = ${variant}
      AND c.deployment IN (SELECT ${deployment} UNION SELECT p.deployment FROM chain_part p JOIN chain h ON h.id = p.chain
        WHERE h.baseline_deployment = ${deployment} AND h.baseline_variant = ${variant})`.execute(tx)
  const [found] = rows
  if (!found?.first) return
  const remedy = `${found.items} items from ${found.first} on were counted before it was measured on ${measuredOn}; let it begin on ${measuredOn}, or say that they are priced with it (backdated: true), which is told beside it from then on.`
  throw refused('validFrom', 'baseline-backdated', remedy)
}
