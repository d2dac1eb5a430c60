import { sql, type Kysely } from 'kysely'

/**
 * A claim says which item counts its case, and with what; beside it stand the other deployments of its chain that count
 * the case too, each once. Claims from before are those of the item that was written down as done first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [claimant, parts]) await part.execute(db)
}

const claimant = sql`
ALTER TABLE claim ADD COLUMN variant text, ADD COLUMN item uuid;
UPDATE claim SET variant = first.variant, item = first.item FROM (
  SELECT DISTINCT ON (i.hospital, activity, i.case_reference, i.deployment)
    i.hospital, e.detail ->> 'activity' AS activity, sha256(convert_to(i.case_reference, 'UTF8')) AS digest,
    i.deployment, e.detail ->> 'variant' AS variant, e.item
  FROM event e JOIN item i ON i.id = e.item
  WHERE e.kind = 'done' AND e.detail ? 'activity' AND NOT e.detail ? 'leftOut' AND (e.detail ->> 'share')::numeric > 0
  ORDER BY i.hospital, activity, i.case_reference, i.deployment, e.id
) first
WHERE (claim.hospital, claim.activity, claim.digest, claim.deployment) = (first.hospital, first.activity, first.digest, first.deployment);`

const parts = sql`
CREATE TABLE claim_part (
  hospital text NOT NULL,
  activity text NOT NULL,
  digest bytea NOT NULL,
  deployment text NOT NULL REFERENCES deployment,
  item uuid NOT NULL,
  PRIMARY KEY (hospital, activity, digest, deployment),
  FOREIGN KEY (hospital, activity, digest) REFERENCES claim ON DELETE CASCADE
);`
