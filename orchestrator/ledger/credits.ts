import { sql, type RawBuilder } from 'kysely'

/**
 * Common table expressions for the rows in `changed` that decide how finished items count, in `weighed`.
 *
 * One case is counted for one activity by one deployment: the first that is written down claims it, and whoever comes
 * later is left out, unless both are parts of one chain that was valid on both days. An item that counts for nothing
 * claims nothing. The claim is a row with a unique key, so that of two that finish at once one waits for the other, always
 * in the same order.
 * @param share what the row in `changed` counts for
 */
export const weighed = (share: RawBuilder<unknown>): RawBuilder<unknown>[] => [
  sql`of_day AS (
    SELECT changed.id, changed.hospital, changed.deployment, changed.variant, changed.outcome, changed.one_off, d.activity,
      ${share}::numeric AS share, sha256(convert_to(changed.case_reference, 'UTF8')) AS digest,
      (changed.finished_at AT TIME ZONE h.time_zone)::date AS day
    FROM changed JOIN hospital h ON h.id = changed.hospital JOIN deployment d ON d.id = changed.deployment
  )`,
  sql`claimed AS (
    INSERT INTO claim (hospital, activity, digest, deployment, day)
    SELECT DISTINCT ON (hospital, activity, digest) hospital, activity, digest, deployment, day
    FROM of_day WHERE activity IS NOT NULL AND share > 0 ORDER BY hospital, activity, digest, id
    ON CONFLICT (hospital, activity, digest) DO UPDATE SET deployment = claim.deployment
    RETURNING hospital, activity, digest, deployment, day
  )`,
  sql`weighed AS (
    SELECT of_day.id, of_day.deployment, of_day.day, of_day.variant, of_day.outcome, of_day.share,
      coalesce(of_day.activity, '') AS activity, claimed.deployment AS claimant,
      CASE WHEN claimed.deployment <> of_day.deployment AND NOT EXISTS (
        SELECT FROM chain_part mine JOIN chain c ON c.id = mine.chain JOIN chain_part theirs ON theirs.chain = mine.chain
        WHERE mine.deployment = of_day.deployment AND mine.variant = of_day.variant AND theirs.deployment = claimed.deployment
          AND c.valid_from <= least(claimed.day, of_day.day) AND (c.valid_until IS NULL OR of_day.day < c.valid_until)
      ) THEN 'left-out' WHEN of_day.one_off THEN 'one-off' ELSE 'regular' END AS kind
    FROM of_day LEFT JOIN claimed ON of_day.share > 0 AND claimed.hospital = of_day.hospital
      AND claimed.activity = of_day.activity AND claimed.digest = of_day.digest
  )`,
]

/** What the done event tells beside variant and share: the activity, and which deployment counts the case instead. */
export const WEIGHED_DETAIL = sql`(SELECT jsonb_strip_nulls(jsonb_build_object('activity', nullif(w.activity, ''),
  'leftOut', CASE w.kind WHEN 'left-out' THEN w.claimant END)) FROM weighed w WHERE w.id = changed.id)`

/**
 * Credits and day counts for the rows in `changed` as they were weighed; counts only, minutes are computed when read. The
 * counts go in the order of what they are rolled up to, so that two that count at once never wait for each other in a circle.
 */
export const CREDITED: readonly RawBuilder<unknown>[] = [
  sql`credited AS (
    INSERT INTO credit (item, deployment, variant, share, completed_on, kind)
    SELECT id, deployment, variant, share, day, kind FROM weighed
    RETURNING item, share
  )`,
  sql`counted AS (
    INSERT INTO day_count (deployment, day, variant, outcome, kind, items, counting, shares)
    SELECT w.deployment, w.day, w.variant, w.outcome, w.kind, count(*)::int, count(*) FILTER (WHERE c.share > 0)::int, sum(c.share)
    FROM credited c JOIN weighed w ON w.id = c.item GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 5, 4
    ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
      SET items = day_count.items + excluded.items, counting = day_count.counting + excluded.counting,
        shares = day_count.shares + excluded.shares
  )`,
]
