import type { Adoption } from '../../orchestrator/programme/adoption.ts'
import { botTitle } from './bot-words.ts'
import { table } from './html-table.ts'
import type { Html } from './html-text.ts'
import type { ReportContent } from './report-content.ts'
import type { Writing } from './report-page.ts'
import { PHASE_WORDS } from './taxonomy-words.ts'

/** So many robots with phase and date fit beside each other on a page. */
const MOST_BESIDE = 4

/** Where each robot stands at each hospital and since when: hospitals below each other, robots beside each other. */
export function adoptionTables({ adoption, savings }: ReportContent, writing: Writing): Html[] {
  const { language, word } = writing
  const robots = [...new Set(adoption.map(({ bot }) => bot))]
  const found = new Map(adoption.map((pair) => [`${pair.hospital} ${pair.bot}`, pair]))
  const parts = Array.from({ length: Math.ceil(robots.length / MOST_BESIDE) }, (_, part) =>
    robots.slice(part * MOST_BESIDE, (part + 1) * MOST_BESIDE),
  )
  return parts.map((beside, part) => {
    const rows = savings.hospitals.map(({ id, name }) => [
      name,
      ...beside.map((bot) => standing(found.get(`${id} ${bot}`), writing)),
    ])
    const title = parts.length === 1 ? word('adoption') : `${word('adoption')} (${part + 1}/${parts.length})`
    return table(title, [word('hospital'), ...beside.map((bot) => botTitle(bot, language))], rows)
  })
}

/** The last phase; a dash where neither a phase nor a deployment is. */
function standing(pair: Adoption | undefined, { language, word, figures }: Writing): string {
  if (!pair) return '–'
  const last = pair.phases.at(-1)
  return last ? `${PHASE_WORDS[language][last.phase]}, ${figures.shortDay(last.since)}` : word('unknown')
}
