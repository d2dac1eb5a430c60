import { sql, type RawBuilder } from 'kysely'
import type { ItemOutcome } from './tables.ts'

/**
 * Common table expressions for the row in `changed` that decide how a finished item counts, in `weighed`.
 *
 * One case is counted for one activity by one deployment: the first that is written down claims it, and whoever comes
 * later is left out, unless both are parts of one chain that was valid on both days. An item that counts for nothing
 * claims nothing. The claim is a row with a unique key, so that of two that finish at once one waits for the other.
 */
export const weighed = (variant: string, share: number): RawBuilder<unknown>[] => [
  sql`of_day AS (
    SELECT changed.id, changed.hospital, changed.deployment, changed.one_off, d.activity,
      sha256(convert_to(changed.case_reference, 'UTF8')) AS digest,
      (changed.finished_at AT TIME ZONE h.time_zone)::date AS day
    FROM changed JOIN hospital h ON h.id = changed.hospital JOIN deployment d ON d.id = changed.deployment
  )`,
  sql`claimed AS (
    INSERT INTO claim (hospital, activity, digest, deployment, day)
    SELECT hospital, activity, digest, deployment, day FROM of_day WHERE activity IS NOT NULL AND ${share}::numeric > 0
    ON CONFLICT (hospital, activity, digest) DO UPDATE SET deployment = claim.deployment
    RETURNING deployment, day
  )`,
  sql`weighed AS (
    SELECT of_day.id, of_day.deployment, of_day.day, coalesce(of_day.activity, '') AS activity, claimed.deployment AS claimant,
      CASE WHEN claimed.deployment <> of_day.deployment AND NOT EXISTS (
        SELECT FROM chain_part mine JOIN chain c ON c.id = mine.chain JOIN chain_part theirs ON theirs.chain = mine.chain
        WHERE mine.deployment = of_day.deployment AND mine.variant = ${variant} AND theirs.deployment = claimed.deployment
          AND c.valid_from <= least(claimed.day, of_day.day) AND (c.valid_until IS NULL OR of_day.day < c.valid_until)
      ) THEN 'left-out' WHEN of_day.one_off THEN 'one-off' ELSE 'regular' END AS kind
    FROM of_day LEFT JOIN claimed ON true
  )`,
]

/** What the done event tells beside variant and share: the activity, and which deployment counts the case instead. */
export const WEIGHED_DETAIL = sql`(SELECT jsonb_strip_nulls(jsonb_build_object('activity', nullif(w.activity, ''),
  'leftOut', CASE w.kind WHEN 'left-out' THEN w.claimant END)) FROM weighed w WHERE w.id = changed.id)`

/** Credit and day count for the row in `changed` as it was weighed; counts only, minutes are computed when read. */
export const credited = (variant: string, outcome: ItemOutcome, share: number): RawBuilder<unknown>[] => [
  sql`credited AS (
    INSERT INTO credit (item, deployment, variant, share, completed_on, kind)
    SELECT id, deployment, ${variant}, ${share}::numeric, day, kind FROM weighed
    RETURNING deployment, completed_on, share, kind
  )`,
  sql`counted AS (
    INSERT INTO day_count (deployment, day, variant, outcome, kind, items, counting, shares)
    SELECT deployment, completed_on, ${variant}, ${outcome}, kind, 1, CASE WHEN share > 0 THEN 1 ELSE 0 END, share FROM credited
    ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
      SET items = day_count.items + 1, counting = day_count.counting + excluded.counting,
        shares = day_count.shares + excluded.shares
  )`,
]
