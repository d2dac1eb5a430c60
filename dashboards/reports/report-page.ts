import { normOfTotal, normSentences } from './norm-words.ts'
import { adoptionTables } from './adoption-table.ts'
import { monthBars } from './month-bars.ts'
import { html, type Html } from './html-text.ts'
import { recountedSentence } from './last-recount.ts'
import { namedDeployments } from './named-deployments.ts'
import { overSignedSentences } from './over-signed.ts'
import { withdrawnSentences } from './withdrawn-imports.ts'
import { reasonOf } from './no-interval.ts'
import type { ReportContent } from './report-content.ts'
import type { Range } from '../../orchestrator/savings/interval.ts'
import type { DeploymentSavings } from '../../orchestrator/savings/report.ts'
import { isBrief } from '../../orchestrator/savings/fte.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import { BRIEF, COUNTS_ELSEWHERE, DEFINITIONS, NOT_SAID, REPORTED, ROUNDED } from './report-definitions.ts'
import { figuresIn, type FigureWriter } from './report-figures.ts'
import { REPORT_STYLE } from './report-style.ts'
import { activityTable, notInHoursTable, robotTable } from './report-tables.ts'
import { table } from './html-table.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

/** What every part of the page needs to write figures and words. */
export interface Writing {
  readonly language: ReportLanguage
  readonly word: (key: WordKey) => string
  readonly figures: FigureWriter
}

/** The report as a page of its own, for printing: nothing is fetched, everything filled in is text. */
export function reportPage(content: ReportContent, language: ReportLanguage): string {
  const writing: Writing = { language, word: wordsOf(language), figures: figuresIn(language) }
  const { word, figures } = writing
  const { from, to, until } = content.savings.period
  const page = html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <title>${word('title')}</title>
      <style>
        ${REPORT_STYLE}
      </style>
    </head>
    <body>
      <header>
        <h1>${word('title')}</h1>
        <p>
          ${word('period')}: ${figures.day(from)} – ${figures.day(to)}, ${word('until')}
          ${figures.day(until)}. ${word('madeOn')} ${figures.day(content.madeOn)}.
        </p>
        <p>${recountedSentence(content.recounted, language)}</p>
      </header>
      ${headline(content, writing)} ${hospitalTable(content, writing)} ${briefNote(content, writing)}
      ${measuredNote(content, writing)} ${backdatedNote(content, writing)}
      <p class="note">${word('normHours')}: ${normSentences(content, writing).join(' ')}</p>
      ${reportedNote(content, writing)} ${overSignedNote(content, writing)} ${withdrawnNote(content, writing)}
      <p class="note">${ROUNDED[language]}</p>
      ${notInHoursTable(content, writing)} ${acrossNote(content, writing)}
      <section>
        <h2>${word('trend')}: ${word('netHours').toLowerCase()}</h2>
        ${monthBars(content.trend, writing)}
      </section>
      ${robotTable(content, writing)} ${activityTable(content, writing)} ${adoptionTables(content, writing)}
      ${closing(writing)}
    </body>
  </html>`
  return `<!doctype html>${page.html}`
}

function headline(content: ReportContent, writing: Writing): Html {
  const { word, figures } = writing
  const { total } = content
  const { interval, noInterval } = total
  const around = (range: { low: number; high: number } | undefined, write: (value: number) => string) =>
    range
      ? `${word('interval')}: ${write(range.low)} – ${write(range.high)}`
      : `${word('noInterval')}: ${word(reasonOf(noInterval ?? 'nothing-counted'))}`
  const card = (title: string, value: string, ...beneath: readonly string[]) =>
    html`<div class="card">
      <p class="label">${title}</p>
      <p class="value">${value}</p>
      ${beneath.map((line) => html`<p class="beneath">${line}</p>`)}
    </div>`
  const atNorm = normOfTotal(content, writing)
  return html`<section class="cards">
    ${card(word('netHours'), figures.hours(total.netHours), around(interval?.netHours, figures.hours))}
    ${card(word('fte'), figures.fte(total.fte), atNorm, around(interval?.fte, figures.fte))}
    ${card(word('contractFte'), figures.fte(total.contractFte), around(interval?.contractFte, figures.fte))}
  </section>`
}

const HOSPITAL_HEADS = [
  'hospital',
  'grossHours',
  'humanHours',
  'upkeepHours',
  'netHours',
  'fte',
  'contractFte',
  'grade',
] as const satisfies readonly WordKey[]

/** Of each hospital its figures with the interval beneath each; why there is none stands under the net hours. */
function hospitalTable({ savings }: ReportContent, { word, figures }: Writing): Html {
  const around = (range: Range | undefined, write: (value: number) => string) =>
    range ? [`${write(range.low)}\u00A0–\u00A0${write(range.high)}`] : []
  const rows = savings.hospitals.map((hospital) => {
    const { interval, noInterval, norm } = hospital
    const why = interval ? [] : [`${word('noInterval')}: ${word(reasonOf(noInterval ?? 'nothing-counted'))}`]
    return [
      ...[hospital.name, figures.hours(hospital.grossHours), figures.hours(hospital.humanHours)],
      figures.hours(hospital.upkeepHours),
      [figures.hours(hospital.netHours), ...around(interval?.netHours, figures.hours), ...why],
      [
        figures.fte(hospital.fte),
        `${word('at')}\u00A0${figures.norm(norm.hoursPerYear)}\u00A0${word('hoursAtNorm')}`,
        ...around(interval?.fte, figures.fte),
      ],
      [figures.fte(hospital.contractFte), ...around(interval?.contractFte, figures.fte)],
      hospital.grade ?? '–',
    ]
  })
  return html`${table(word('summary'), HOSPITAL_HEADS.map(word), rows, 'wide')}
    <p class="note">${word('intervalsBeneath')}</p>`
}

function briefNote({ savings, told }: ReportContent, { language }: Writing): Html | string {
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const brief = deployments.filter((row) => isBrief(row.measuredDays))
  if (brief.length === 0) return ''
  const named = brief.flatMap((row) => {
    const { measuredDays } = toldAt(told, row)
    return measuredDays === null ? [] : [{ ...row, name: `${row.id} (${measuredDays})` }]
  })
  return html`<p class="note">${BRIEF[language]} ${namedDeployments(named, brief.length, language)}.</p>`
}

/** Since when each deployment is measured, for a day that is wrong stretches its year, and what a backlog took. */
function measuredNote({ savings, told }: ReportContent, { word, figures }: Writing): Html | string {
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const rows = deployments.map((row) => ({ id: row.id, told: toldAt(told, row) }))
  const since = rows.flatMap(({ id, told: { firstDay, measuredDays } }) =>
    firstDay === null ? [] : [`${id} (${figures.day(firstDay)}: ${measuredDays})`],
  )
  const backlog = rows.flatMap(({ id, told: { backlogDays } }) =>
    backlogDays === null || backlogDays === 0 ? [] : [`${id} (${backlogDays})`],
  )
  const line = (head: string, named: readonly string[]) =>
    named.length === 0 ? '' : html`<p class="note">${head}: ${named.join(', ')}.</p>`
  return html`${line(`${word('firstDay')}, ${word('measuredDays').toLowerCase()}`, since)}
  ${line(word('backlogDays'), backlog)}`
}

/** Which deployments used a baseline that was measured after the first items that it counts. */
function backdatedNote(
  { savings, baselines, told }: ReportContent,
  { language, word }: Writing,
): Html | string {
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const found = deployments.filter(({ used, oneOff }) =>
    [...used, ...oneOff.used].some(({ baseline }) => baselines.byId.get(baseline.id)?.backdated),
  )
  if (found.length === 0) return ''
  return html`<p class="note">
    ${word('backdatedAt')}
    ${namedDeployments(
      found.map((row) => named(row, told)),
      found.length,
      language,
    )}.
  </p>`
}

/** What was signed for months of which some lie outside: else it would look as if nothing was. */
function acrossNote({ savings }: ReportContent, { word, figures }: Writing): Html | string {
  const named = savings.hospitals.flatMap(({ name, realisedAcrossHours }) =>
    Number(realisedAcrossHours) === 0 ? [] : [`${name} ${figures.hours(Number(realisedAcrossHours))}`],
  )
  return named.length === 0
    ? ''
    : html`<p class="note">${word('realisedAcrossHours')}: ${named.join('; ')}.</p>`
}

function withdrawnNote(content: ReportContent, { language, word }: Writing): Html | string {
  const told = withdrawnSentences(content, language).map(({ sentence }) => sentence)
  return told.length === 0 ? '' : html`<p class="note">${word('withdrawnImports')}. ${told.join('; ')}.</p>`
}

function overSignedNote(content: ReportContent, { language, word }: Writing): Html | string {
  const over = overSignedSentences(content, language).map(({ sentence }) => sentence)
  return over.length === 0 ? '' : html`<p class="note">${word('overSigned')}. ${over.join('; ')}.</p>`
}

function reportedNote({ savings, told }: ReportContent, { language }: Writing): Html | string {
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const reported = deployments.filter((deployment) => deployment.reported)
  if (reported.length === 0) return ''
  const names = reported.map((row) => named(row, told))
  return html`<p class="note">
    ${REPORTED[language]} ${namedDeployments(names, reported.length, language)}.
  </p>`
}

const named = (row: DeploymentSavings, told: ReportContent['told']) => ({
  name: row.id,
  hoursPerYear: toldAt(told, row).hours ? row.hoursPerYear : 0,
})

function closing({ language, word }: Writing): Html {
  return html`<section>
      <h2>${word('notSaid')}</h2>
      <ul>
        ${NOT_SAID[language].map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </section>
    <section>
      <h2>${word('definitions')}</h2>
      <dl>
        ${DEFINITIONS.map(
          (definition) =>
            html`<dt>${word(definition.word)}</dt>
              <dd>${definition[language]}</dd>`,
        )}
        <dt>${word('countSheet')}</dt>
        <dd>${COUNTS_ELSEWHERE[language]}</dd>
      </dl>
    </section>`
}
