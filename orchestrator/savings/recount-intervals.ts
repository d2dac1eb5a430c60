import { sql } from 'kysely'
import type { RecountedDay } from './recount-days.ts'

/** How many shares the days' events counted by each baseline; of regular work, or of backlogs. */
const used = (days: readonly RecountedDay[]) => sql`used AS (
  SELECT d.deployment, d."oneOff" AS once, u.baseline, sum(u.shares) AS shares
  FROM jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS d (deployment text, "oneOff" boolean, used jsonb)
  CROSS JOIN LATERAL jsonb_to_recordset(d.used) AS u (baseline bigint, shares numeric)
  GROUP BY 1, 2, 3
)`

/** Up to so many degrees of freedom by summing, beyond by an expansion that is right to eleven decimals there. */
const MOST_SUMMED = 200

/** Factors of the terms that the distribution of Student's t is a sum of. */
const terms = sql`term AS (
  SELECT 0 AS k, 1::float8 AS even, 1::float8 AS odd
  UNION ALL SELECT k + 1, even * (2 * k + 1) / (2 * k + 2), odd * (2 * k + 2) / (2 * k + 3)
  FROM term WHERE 2 * k < ${sql.lit(MOST_SUMMED)}
)`

/** How much lies within √freedom × the tangent of an angle on either side (Abramowitz and Stegun 26.7.3 and 26.7.4). */
const WITHIN = sql`CASE freedom % 2
  WHEN 0 THEN sin(angle) * (SELECT sum(even * cos(angle) ^ (2 * k)) FROM term WHERE 2 * k <= freedom - 2)
  ELSE (angle + sin(angle) * coalesce((SELECT sum(odd * cos(angle) ^ (2 * k + 1)) FROM term WHERE 2 * k <= freedom - 3), 0)) * 2 / pi()
  END`

/** Two-sided 95 % points of Student's t for the baselines that were used: the angle is halved between none and a right one. */
const points = sql`freedoms AS (
  SELECT DISTINCT n - 1 AS freedom FROM baseline WHERE n > 1 AND id IN (SELECT baseline FROM used)
), halving AS (
  SELECT freedom, 0::float8 AS low, pi() / 2 AS high, 1 AS step FROM freedoms WHERE freedom <= ${sql.lit(MOST_SUMMED)}
  UNION ALL
  SELECT freedom, CASE WHEN within < 0.95 THEN angle ELSE low END, CASE WHEN within < 0.95 THEN high ELSE angle END, step + 1
  FROM halving CROSS JOIN LATERAL (SELECT (low + high) / 2 AS angle) middle
    CROSS JOIN LATERAL (SELECT ${WITHIN} AS within) distribution WHERE step < 50
), point AS (
  SELECT freedom, sqrt(freedom) * tan(low) AS t FROM halving WHERE step = 50
  UNION ALL SELECT freedom, z + (z ^ 3 + z) / 4 / freedom + (5 * z ^ 5 + 16 * z ^ 3 + 3 * z) / 96 / freedom ^ 2
    + (3 * z ^ 7 + 19 * z ^ 5 + 17 * z ^ 3 - 15 * z) / 384 / freedom ^ 3
    + (79 * z ^ 9 + 776 * z ^ 7 + 1482 * z ^ 5 - 1920 * z ^ 3 - 945 * z) / 92160 / freedom ^ 4
  FROM freedoms CROSS JOIN (SELECT 1.959963984540054::float8 AS z) normal WHERE freedom > ${sql.lit(MOST_SUMMED)}
)`

/** Half the 95 % interval of a baseline's mean in minutes, t × spread / √n; or what it lacks for one. */
const sampled = sql`sampled AS (
  SELECT b.id, point.t * b.spread_minutes / sqrt(b.n) AS half, CASE WHEN b.method = 'estimate' THEN 'estimate'
    WHEN coalesce(b.n, 1) = 1 THEN 'too-few-cases' WHEN coalesce(b.spread_minutes, 0) = 0 THEN 'no-spread' END AS lacks
  FROM baseline b LEFT JOIN point ON point.freedom = b.n - 1 WHERE b.id IN (SELECT baseline FROM used)
)`

/**
 * Half the interval of a sum over `once` or regular work. Baselines were timed apart from each other, so the squares of
 * theirs add up; what counted by the same one, of several deployments too, is added up before: each has one row.
 */
const marginOf = (weighed: 'shares' | 'yearly', once: boolean) => sql`CASE
  WHEN count(lacks) FILTER (WHERE once = ${once}) = 0 THEN sqrt(sum((${sql.ref(weighed)} * half) ^ 2) FILTER (WHERE once = ${once})) / 60 END`

const LACKING = sql`CASE WHEN count(*) FILTER (WHERE NOT once) = 0 THEN 'nothing-counted' ELSE (array_agg(lacks ORDER BY
  array_position('{estimate,too-few-cases,no-spread}'::text[], lacks)) FILTER (WHERE NOT once))[1] END`

/** What each deployment of `worked` used, and the same of each hospital; a year's with the weight of annualising. */
const margins = sql`parts AS (
  SELECT w.hospital, w.id, u.once, u.baseline, u.shares, u.shares * w.years AS yearly, s.half, s.lacks
  FROM used u JOIN worked w ON w.id = u.deployment JOIN sampled s ON s.id = u.baseline
), of_deployment AS (
  SELECT id, jsonb_object_agg(CASE WHEN once THEN 'once ' ELSE 'used ' END || baseline, shares)
    || jsonb_build_object('marginHours', ${marginOf('shares', false)}, 'noInterval', ${LACKING}) AS margins
  FROM parts GROUP BY id
), together AS (
  SELECT hospital, once, baseline, sum(shares) AS shares, sum(yearly) AS yearly, half, lacks FROM parts GROUP BY 1, 2, 3, 6, 7
), of_hospital AS (
  SELECT hospital, ${marginOf('shares', false)} AS hours, ${marginOf('yearly', false)} AS a_year,
    ${marginOf('shares', true)} AS once_hours, ${LACKING} AS lacking
  FROM together GROUP BY hospital
)`

/**
 * Common table expressions of a WITH RECURSIVE, behind `worked` (id, hospital, years): `of_deployment` (id, margins) and
 * `of_hospital` (hospital, hours, a_year, once_hours, lacking), each without those that used no baseline at all.
 */
export const intervals = (days: readonly RecountedDay[]) =>
  sql.join([used(days), terms, points, sampled, margins])
