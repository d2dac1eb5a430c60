import { sql, type RawBuilder } from 'kysely'

/**
 * Whether the row `mine` (deployment, variant, day) is of another deployment of a chain than what claimed its case, `claim`,
 * and that chain was valid on the days of both. Variants of one deployment share nothing: an item is one of them.
 */
export const sharesWith = (mine: string, claim: string): RawBuilder<unknown> => {
  const of = (row: string, column: string) => sql.ref(`${row}.${column}`)
  return sql`EXISTS (
        SELECT FROM chain_part mine JOIN chain c ON c.id = mine.chain JOIN chain_part theirs ON theirs.chain = mine.chain
        WHERE mine.deployment = ${of(mine, 'deployment')} AND mine.variant = ${of(mine, 'variant')}
          AND theirs.deployment = ${of(claim, 'deployment')} AND theirs.variant = ${of(claim, 'variant')}
          AND mine.deployment <> theirs.deployment
          AND c.valid_from <= least(${of(claim, 'day')}, ${of(mine, 'day')})
          AND (c.valid_until IS NULL OR greatest(${of(claim, 'day')}, ${of(mine, 'day')}) < c.valid_until))`
}

/**
 * Common table expressions for the rows in `changed` that decide how finished items count, in `weighed`.
 *
 * One case is counted for one activity once: the first item that is written down claims it, and whatever comes later is
 * left out, of the same deployment too. Beside it only the other deployments of its chain count, when that was valid on
 * both days, and of each one item. An item that counts for nothing claims nothing. The claim is a row with a unique key,
 * so that of two that finish at once one waits for the other, always in the same order.
 * @param share what the row in `changed` counts for
 * @param place of two rows of one case, the lower claims it: as the order in which their done events are written
 */
export const weighed = (
  share: RawBuilder<unknown>,
  place: RawBuilder<unknown> = sql`changed.id`,
): RawBuilder<unknown>[] => [
  sql`of_day AS (
    SELECT changed.id, changed.hospital, changed.deployment, changed.variant, changed.outcome, changed.one_off, d.activity, d.mode,
      ${place} AS place, ${share}::numeric AS share, sha256(convert_to(changed.case_reference, 'UTF8')) AS digest,
      (changed.finished_at AT TIME ZONE h.time_zone)::date AS day
    FROM changed CROSS JOIN LATERAL (SELECT time_zone FROM hospital WHERE id = changed.hospital OFFSET 0) h
    CROSS JOIN LATERAL (SELECT activity, mode FROM deployment WHERE id = changed.deployment OFFSET 0) d
  )`,
  sql`claimed AS (
    INSERT INTO claim (hospital, activity, digest, deployment, variant, item, day)
    SELECT DISTINCT ON (hospital, activity, digest) hospital, activity, digest, deployment, variant, id, day
    FROM of_day WHERE activity IS NOT NULL AND share > 0 ORDER BY hospital, activity, digest, place
    ON CONFLICT (hospital, activity, digest) DO UPDATE SET deployment = claim.deployment
    RETURNING hospital, activity, digest, deployment, variant, item, day
  )`,
  sql`of_part AS (
    INSERT INTO claim_part (hospital, activity, digest, deployment, item)
    SELECT DISTINCT ON (hospital, activity, digest, of_day.deployment)
      hospital, activity, digest, of_day.deployment, of_day.id
    FROM of_day JOIN claimed USING (hospital, activity, digest)
    WHERE of_day.share > 0 AND of_day.id IS DISTINCT FROM claimed.item AND ${sharesWith('of_day', 'claimed')}
    ORDER BY hospital, activity, digest, of_day.deployment, place
    ON CONFLICT DO NOTHING RETURNING item
  )`,
  sql`weighed AS (
    SELECT of_day.id, of_day.deployment, of_day.day, of_day.variant, of_day.outcome, of_day.share,
      coalesce(of_day.activity, '') AS activity, claimed.deployment AS claimant,
      CASE WHEN claimed.digest IS NOT NULL AND claimed.item IS DISTINCT FROM of_day.id
        AND of_day.id NOT IN (SELECT item FROM of_part) THEN 'left-out'
        WHEN of_day.mode = 'shadow' AND of_day.outcome = 'by-hand' AND of_day.share = 0 THEN 'shadow'
        WHEN of_day.one_off THEN 'one-off' ELSE 'regular' END AS kind
    FROM of_day LEFT JOIN claimed ON of_day.share > 0 AND claimed.hospital = of_day.hospital
      AND claimed.activity = of_day.activity AND claimed.digest = of_day.digest
  )`,
]

/** What the done event tells of the row `w` of `weighed` beside variant and share: the activity, which deployment counts the case instead, and that it was in shadow. */
export const TOLD_OF_WEIGHED = sql`jsonb_strip_nulls(jsonb_build_object('activity', nullif(w.activity, ''),
  'leftOut', CASE w.kind WHEN 'left-out' THEN w.claimant END, 'shadow', CASE w.kind WHEN 'shadow' THEN true END))`

/** The same of the row in `changed`. */
export const WEIGHED_DETAIL = sql`(SELECT ${TOLD_OF_WEIGHED} FROM weighed w WHERE w.id = changed.id)`

/** The credits of the rows in `changed` as they were weighed. */
export const CREDIT_WRITTEN = sql`credited AS (
    INSERT INTO credit (item, deployment, variant, share, completed_on, kind)
    SELECT id, deployment, variant, share, day, kind FROM weighed
    RETURNING item, share
  )`

/**
 * Credits and day counts for the rows in `changed` as they were weighed; counts only, minutes are computed when read. The
 * counts go in the order of what they are rolled up to, so that two that count at once never wait for each other in a circle.
 */
export const CREDITED: readonly RawBuilder<unknown>[] = [
  CREDIT_WRITTEN,
  sql`counted AS (
    INSERT INTO day_count (deployment, day, variant, outcome, kind, items, counting, shares)
    SELECT w.deployment, w.day, w.variant, w.outcome, w.kind, count(*)::int, count(*) FILTER (WHERE c.share > 0)::int, sum(c.share)
    FROM credited c JOIN weighed w ON w.id = c.item GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 5, 4
    ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
      SET items = day_count.items + excluded.items, counting = day_count.counting + excluded.counting,
        shares = day_count.shares + excluded.shares
  )`,
]
