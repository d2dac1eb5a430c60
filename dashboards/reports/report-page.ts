import { normOfTotal, normSentences } from './norm-words.ts'
import { adoptionTables } from './adoption-table.ts'
import { monthBars } from './month-bars.ts'
import { html, type Html } from './html-text.ts'
import { overSignedSentences } from './over-signed.ts'
import { reasonOf } from './no-interval.ts'
import type { ReportContent } from './report-content.ts'
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
      </header>
      ${headline(content, writing)} ${hospitalTable(content, writing)} ${briefNote(content, writing)}
      <p class="note">${word('normHours')}: ${normSentences(content, writing).join(' ')}</p>
      ${reportedNote(content, writing)} ${overSignedNote(content, writing)}
      <p class="note">${ROUNDED[language]}</p>
      ${notInHoursTable(content, writing)}
      <section>
        <h2>${word('trend')}</h2>
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
  'interval',
  'fte',
  'contractFte',
  'grade',
] as const satisfies readonly WordKey[]

function hospitalTable({ savings }: ReportContent, { word, figures }: Writing): Html {
  const rows = savings.hospitals.map((hospital) => {
    const { interval, noInterval, norm } = hospital
    const range = interval
      ? `${figures.hours(interval.netHours.low)} – ${figures.hours(interval.netHours.high)}`
      : word(reasonOf(noInterval ?? 'nothing-counted'))
    return [
      ...[hospital.name, figures.hours(hospital.grossHours), figures.hours(hospital.humanHours)],
      ...[figures.hours(hospital.upkeepHours), figures.hours(hospital.netHours), range],
      `${figures.fte(hospital.fte)} (${figures.norm(norm.hoursPerYear)})`,
      ...[figures.fte(hospital.contractFte), hospital.grade ?? '–'],
    ]
  })
  return table(word('summary'), HOSPITAL_HEADS.map(word), rows)
}

function briefNote({ savings, told }: ReportContent, { language }: Writing): Html | string {
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const named = deployments.flatMap((row) => {
    const { measuredDays } = toldAt(told, row)
    return measuredDays !== null && isBrief(measuredDays) ? [`${row.id} (${measuredDays})`] : []
  })
  if (named.length === 0) return ''
  return html`<p class="note">${BRIEF[language]} ${named.join(', ')}.</p>`
}

function overSignedNote(content: ReportContent, { language, word }: Writing): Html | string {
  const over = overSignedSentences(content, language).map(({ sentence }) => sentence)
  return over.length === 0 ? '' : html`<p class="note">${word('overSigned')}. ${over.join('; ')}.</p>`
}

function reportedNote({ savings }: ReportContent, { language }: Writing): Html | string {
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const reported = deployments.filter((deployment) => deployment.reported)
  if (reported.length === 0) return ''
  return html`<p class="note">${REPORTED[language]} ${reported.map(({ id }) => id).join(', ')}.</p>`
}

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
