import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import type { RecountedDay } from './recount-days.ts'
import { intervals } from './recount-intervals.ts'

/** Numbers as they are, not rounded; texts for a norm's name and date and for grades. */
export type FigureValues = Readonly<Record<string, number | string | null>>

/** What a recount gives for a deployment, or for a hospital as a whole. */
export interface RecountedFigures {
  readonly hospital: string
  /** Null for the hospital's own figures. */
  readonly deployment: string | null
  readonly figures: FigureValues
}

/** What decides how many days of a period were measured, and what was booked in it: one deployment's. */
export interface RecountedDays {
  /** The first day of the period that is measured; null when it has not begun. */
  readonly began: string | null
  /** Which days within the period clear a backlog: number, first and last day of each mark. */
  readonly marks: string
  /** Hours that are booked in the period and not withdrawn: number, day and hours. */
  readonly bookings: string
}

/** Hours were booked or withdrawn for a deployment another number of times than it keeps count of. */
export interface BookingDifference {
  readonly deployment: string
  readonly kept: number
  readonly booked: number
}

const inBacklog = (deployment: string, day: string) => sql`EXISTS (SELECT FROM one_off o
  WHERE o.deployment = ${sql.ref(deployment)} AND ${sql.ref(day)} BETWEEN o.from_day AND o.until_day)`

/** A mark takes the upkeep of a day only where it took items that count: of earlier days their counts say so. */
const EARLIER_BOOKED = sql`SELECT min(u.day) FROM upkeep u WHERE u.deployment = d.id AND u.withdrawn_at IS NULL
  AND NOT (${inBacklog('u.deployment', 'u.day')} AND EXISTS (SELECT FROM day_count n
    WHERE n.deployment = u.deployment AND n.day = u.day AND n.kind = 'regular' AND n.counting > 0))`

/** What the days' events of each deployment add up to. */
const counted = (days: readonly RecountedDay[]) => sql`counted AS (
  SELECT deployment, min(day) FILTER (WHERE measured AND NOT "oneOff") AS first_day,
    sum("grossSeconds") FILTER (WHERE NOT "oneOff") AS gross, sum("humanSeconds") FILTER (WHERE NOT "oneOff") AS human,
    sum("grossSeconds") FILTER (WHERE "oneOff") AS once_gross, sum("humanSeconds") FILTER (WHERE "oneOff") AS once_human,
    sum(done) AS done, sum(nothing) AS nothing, sum("byHand") AS by_hand, sum(parked) AS parked, sum(shadow) AS shadow,
    sum(counting) FILTER (WHERE "oneOff") AS once_items, sum("leftOut") AS left_out,
    sum("withoutBaseline") FILTER (WHERE NOT "oneOff") AS without, sum("withoutBaseline") FILTER (WHERE "oneOff") AS once_without,
    max(grade) FILTER (WHERE NOT "oneOff") AS grade, array_agg(day) FILTER (WHERE "oneOff" AND regular) AS taken_days
  FROM jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS d (deployment text, day date, "oneOff" boolean,
    "grossSeconds" numeric, "humanSeconds" numeric, done integer, nothing integer, "byHand" integer, parked integer,
    shadow integer, counting integer, "withoutBaseline" integer, "leftOut" integer, grade text, measured boolean, regular boolean)
  GROUP BY deployment
)`

/**
 * Hours booked in the period, and the first of its days that is measured. When a deployment began before the period is
 * asked of the days' counts, which are held against the events in their own recount: the events of all time are not read.
 */
const settled = ({ from, to }: Period) => sql`settled AS (
  SELECT d.id, d.hospital, counted.taken_days, booked.*, least(before.day, counted.first_day, booked.first_booked) AS first_ever,
    CASE WHEN before.day IS NULL THEN least(counted.first_day, booked.first_booked) ELSE ${from}::date END AS began
  FROM deployment d LEFT JOIN counted ON counted.deployment = d.id CROSS JOIN LATERAL (
    SELECT coalesce(sum(hours) FILTER (WHERE NOT backlog), 0) AS upkeep, coalesce(sum(hours) FILTER (WHERE backlog), 0) AS once_upkeep,
      min(day) FILTER (WHERE NOT backlog) AS first_booked, string_agg(format('%s (%s, %s hours)', id, day, hours), ', ' ORDER BY id) AS bookings
    FROM (SELECT u.*, coalesce(u.day = ANY (counted.taken_days), false) AS backlog FROM upkeep u
      WHERE u.deployment = d.id AND u.day BETWEEN ${from}::date AND ${to}::date AND u.withdrawn_at IS NULL) own
  ) booked CROSS JOIN LATERAL (
    SELECT least(
      (SELECT n.day FROM day_count n WHERE n.deployment = d.id AND n.day < ${from}::date AND n.outcome <> 'shadow'
        AND n.kind NOT IN ('one-off', 'shadow') AND NOT ${inBacklog('n.deployment', 'n.day')} ORDER BY n.day LIMIT 1),
      (${EARLIER_BOOKED} AND u.day < ${from}::date)) AS day
  ) before
)`

/** Every calendar day from the first one that is measured, but for the days on which a backlog took items that count. */
const measured = ({ from, to }: Period) => sql`measured AS (
  SELECT settled.*, CASE WHEN began IS NULL THEN 0 ELSE ${to}::date + 1 - began - once.days END AS days, coalesce(cardinality(taken_days), 0) AS backlog_days, once.marks
  FROM settled CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM unnest(settled.taken_days) day WHERE day >= began) AS days,
      string_agg(format('%s (%s to %s)', o.id, o.from_day, o.until_day), ', ' ORDER BY o.id) AS marks
    FROM one_off o WHERE o.deployment = settled.id AND o.from_day <= ${to}::date AND o.until_day >= greatest(began, ${from}::date)
  ) once
)`

/** A year is the twelve months that end with the period: 366 days when there is a 29 February among its last 365. */
const worked = ({ to }: Period) => sql`worked AS (
  SELECT m.id, m.hospital, m.days, m.first_ever, m.backlog_days, m.upkeep, m.once_upkeep, c.*,
    (coalesce(c.gross, 0) - coalesce(c.human, 0)) / 3600 - m.upkeep AS net,
    (coalesce(c.once_gross, 0) - coalesce(c.once_human, 0)) / 3600 - m.once_upkeep AS once_net,
    CASE m.days WHEN 0 THEN 0 ELSE year.days::numeric / m.days END AS years
  FROM measured m LEFT JOIN counted c ON c.deployment = m.id CROSS JOIN (
    SELECT 365 + count(*) FILTER (WHERE to_char(day, 'MM-DD') = '02-29') AS days
    FROM generate_series(${to}::date::timestamp - interval '364 days', ${to}::date::timestamp, interval '1 day') day
  ) year
)`

const total = (amount: string) => sql`coalesce(sum(${sql.raw(amount)}), 0)`

const FIGURES = sql`jsonb_build_object('grossSeconds', ${total('gross')}, 'humanSeconds', ${total('human')},
  'netSeconds', ${total('gross')} - ${total('human')}, 'oneOffNetSeconds', ${total('once_gross')} - ${total('once_human')},
  'oneOffGrossSeconds', ${total('once_gross')}, 'oneOffHumanSeconds', ${total('once_human')}) || jsonb_build_object(
  'done', ${total('done')}, 'nothing', ${total('nothing')}, 'byHand', ${total('by_hand')}, 'parked', ${total('parked')},
  'shadow', ${total('shadow')}, 'oneOffItems', ${total('once_items')}, 'leftOut', ${total('left_out')},
  'withoutBaseline', ${total('without')}, 'oneOffWithoutBaseline', ${total('once_without')}, 'grade', max(grade)) || jsonb_build_object(
  'grossHours', ${total('gross')} / 3600, 'humanHours', ${total('human')} / 3600, 'upkeepHours', ${total('upkeep')},
  'oneOffUpkeepHours', ${total('once_upkeep')}, 'measuredDays', ${total('days')}, 'backlogDays', ${total('backlog_days')}, 'firstDay', min(worked.first_ever), 'netHours', ${total('net')},
  'oneOffNetHours', ${total('once_net')}, 'hoursPerYear', ${total('net * years')},
  'brief', count(*) FILTER (WHERE days BETWEEN 1 AND 27))`

/** The norm that is valid on the last day, or else the 1,440 hours of a plan; and what was signed for days within the period. */
const ofHospital = ({ from, to }: Period) => sql`SELECT h.id, jsonb_build_object(
    'normName', norm.name, 'normHours', norm.hours_per_year, 'normValidFrom', norm.valid_from,
    'realisedHours', (SELECT coalesce(sum(hours), 0) FROM realised r
      WHERE r.hospital = h.id AND withdrawn_at IS NULL AND from_day >= ${from}::date AND to_day <= ${to}::date),
    'realisedAcrossHours', (SELECT coalesce(sum(hours), 0) FROM realised r WHERE r.hospital = h.id AND withdrawn_at IS NULL
      AND daterange(from_day, to_day, '[]') && daterange(${from}::date, ${to}::date, '[]')
      AND NOT daterange(from_day, to_day, '[]') <@ daterange(${from}::date, ${to}::date, '[]'))) AS own, norm.hours_per_year
  FROM hospital h CROSS JOIN LATERAL (
    SELECT name, hours_per_year, valid_from FROM norm n WHERE n.hospital = h.id AND n.valid_from <= ${to}::date
    UNION ALL SELECT 'planning', 1440, NULL ORDER BY valid_from DESC NULLS LAST LIMIT 1
  ) norm`

const NOTHING_USED = sql`'{"noInterval": "nothing-counted"}'::jsonb`

/**
 * Everything that a report tells of a period, for each deployment and each hospital, from the rows as they were written:
 * what the days' events come to, hours that were booked, days of backlogs, norms, what was signed, and how the baselines
 * were sampled.
 * @param days of the period and no others
 */
export async function recountFigures(
  db: LedgerDatabase,
  period: Period,
  days: readonly RecountedDay[],
): Promise<RecountedFigures[]> {
  const { rows } = await sql<RecountedFigures>`
    WITH RECURSIVE ${counted(days)}, ${settled(period)}, ${measured(period)}, ${worked(period)}, ${intervals(days)}, summed AS (
      SELECT h.id AS hospital, worked.id, GROUPING(worked.id) = 1 AS whole, ${FIGURES} AS figures, ${total('net * years')} AS hours_a_year
      FROM hospital h LEFT JOIN worked ON worked.hospital = h.id GROUP BY GROUPING SETS ((h.id), (h.id, worked.id))
    )
    SELECT hospital, id AS deployment, figures || coalesce(margins, ${NOTHING_USED}) AS figures
    FROM summed LEFT JOIN of_deployment USING (id) WHERE id IS NOT NULL
    UNION ALL SELECT h.id, NULL, figures || own || ${NOTHING_USED} || jsonb_build_object(
      'fte', hours_a_year / hours_per_year, 'contractFte', hours_a_year / 1878) || coalesce((SELECT jsonb_build_object(
        'marginHours', hours, 'marginFte', a_year / hours_per_year, 'marginContractFte', a_year / 1878,
        'oneOffMarginHours', once_hours, 'noInterval', lacking) FROM of_hospital m WHERE m.hospital = h.id), '{}')
    FROM (${ofHospital(period)}) h JOIN summed ON summed.hospital = h.id AND whole
    ORDER BY 1, 2`.execute(db)
  return rows
}

/** What decided the measured days and the upkeep of one deployment. */
export async function recountedDaysOf(
  db: LedgerDatabase,
  period: Period,
  { deployment, days }: { readonly deployment: string; readonly days: readonly RecountedDay[] },
): Promise<RecountedDays> {
  const { rows } = await sql<RecountedDays>`
    WITH ${counted(days)}, ${settled(period)}, ${measured(period)}
    SELECT began, coalesce(marks, 'none') AS marks, coalesce(bookings, 'none') AS bookings
    FROM measured WHERE id = ${deployment}`.execute(db)
  return rows[0] ?? { began: null, marks: 'none', bookings: 'none' }
}

/**
 * Deployments of which hours were booked and withdrawn in another number than they keep count of. Each booking is one row,
 * so what people ever booked is read whole: some hundreds of rows a year.
 */
export async function differingBookings(db: LedgerDatabase): Promise<BookingDifference[]> {
  const { rows } = await sql<BookingDifference>`
    SELECT d.id AS deployment, d.upkeep_changes AS kept, coalesce(booked, 0)::integer AS booked
    FROM deployment d LEFT JOIN (SELECT deployment, count(*) + count(withdrawn_at) AS booked FROM upkeep GROUP BY 1) u
      ON u.deployment = d.id
    WHERE d.upkeep_changes <> coalesce(booked, 0) ORDER BY 1`.execute(db)
  return rows
}
