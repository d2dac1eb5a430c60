import type { Phase } from '../../orchestrator/ledger/programme-tables.ts'
import { wordsOf, type ReportLanguage } from './report-words.ts'

/** Activities by the name that the ledger holds. */
const ACTIVITY_WORDS: Readonly<Record<ReportLanguage, Readonly<Record<string, string>>>> = {
  nl: {
    diagnostics: 'Diagnostiek',
    outpatient: 'Polikliniek',
    reporting: 'Verslaglegging en communicatie',
    logistics: 'Logistiek',
    medication: 'Medicatie',
    planning: 'Planning',
    finance: 'Financiën',
    personnel: 'Personeel',
  },
  en: {
    diagnostics: 'Diagnostics',
    outpatient: 'Outpatient clinic',
    reporting: 'Reporting and communication',
    logistics: 'Logistics',
    medication: 'Medication',
    planning: 'Planning',
    finance: 'Finance',
    personnel: 'Personnel',
  },
}

/** What an activity is called; one that this version does not know has its own name. */
export function activityWord(activity: string | null, language: ReportLanguage): string {
  if (activity === null) return wordsOf(language)('unmentioned')
  return ACTIVITY_WORDS[language][activity] ?? activity
}

export const PHASE_WORDS: Readonly<Record<ReportLanguage, Readonly<Record<Phase, string>>>> = {
  nl: { idea: 'Idee', concept: 'Concept', test: 'Test', live: 'In gebruik', 'scaled-up': 'Opgeschaald' },
  en: { idea: 'Idea', concept: 'Concept', test: 'Test', live: 'In use', 'scaled-up': 'Scaled up' },
}
