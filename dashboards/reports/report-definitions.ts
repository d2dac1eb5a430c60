import { FEW_DAYS } from '../../orchestrator/savings/fte.ts'
import { enNotSaid } from '../web/savings/texts-en-summary.ts'
import { nlNotSaid } from '../web/savings/texts-nl-summary.ts'
import type { ReportLanguage, WordKey } from './report-words.ts'

interface Definition {
  readonly word: WordKey
  readonly nl: string
  readonly en: string
}

/** What the figures mean and where they come from: the specification of how hours and FTE are counted. */
export const DEFINITIONS: readonly Definition[] = [
  {
    word: 'grossHours',
    nl: 'Getelde werkitems × minuten van de nulmeting × aandeel, in uren.',
    en: 'Counted items × minutes of the baseline × credit, in hours.',
  },
  {
    word: 'humanHours',
    nl: 'Wat mensen aan uitval besteden: gemeten in de uitvallijst, en een vaste tijd per uitgevallen werkitem.',
    en: 'What people spend on parked items: measured in the worklist, and a fixed time for each parked item.',
  },
  {
    word: 'upkeepHours',
    nl: 'Uren die beheerders op een inzet boeken; ze gaan van het netto af.',
    en: 'Hours that administrators book on a deployment; they are subtracted.',
  },
  {
    word: 'netHours',
    nl: 'Bruto uren − uren van mensen − beheeruren. Een negatieve uitkomst blijft staan zoals ze is.',
    en: 'Gross hours − human hours − upkeep hours. A negative result is shown as it is.',
  },
  {
    word: 'hoursPerYear',
    nl: 'Netto uren × dagen van het jaar ÷ gemeten dagen, per inzet; alle kalenderdagen tellen mee.',
    en: 'Net hours × days of the year ÷ measured days, for each deployment; all calendar days count.',
  },
  {
    word: 'backlogDays',
    nl: 'Dagen waarvan de werkitems bij een achterstand horen. Ze zijn geen gemeten dagen; een dag waarop niets telde blijft er wel een.',
    en: 'Days of which the items belong to a backlog. They are no measured days; a day on which nothing counted stays one.',
  },
  {
    word: 'brief',
    nl: `Inzetten met minder dan ${FEW_DAYS} gemeten dagen: naar een jaar omgerekend zegt dat nog weinig.`,
    en: `Deployments with fewer than ${FEW_DAYS} measured days: made into a year, that says little yet.`,
  },
  {
    word: 'fte',
    nl: 'Netto uren per jaar ÷ uren van één FTE volgens de norm van het ziekenhuis.',
    en: 'Net hours a year ÷ hours of one FTE by the hospital’s norm.',
  },
  {
    word: 'contractFte',
    nl: 'Netto uren per jaar ÷ 1.878: 36 uur per week volgens de cao Ziekenhuizen, artikel 6.1. Dit is het voorzichtige cijfer.',
    en: 'Net hours a year ÷ 1,878: 36 hours a week by the collective agreement of the hospitals, article 6.1. The careful figure.',
  },
  {
    word: 'interval',
    nl: 'Uit het aantal gevallen en de spreiding van de nulmetingen (Students t); een schatting heeft geen interval. In de Excel: de wortel uit de som van elke marge × die van dezelfde nulmeting samen.',
    en: 'From the number of cases and the spread of the baselines (Student’s t); an estimate has no interval. In the Excel file: the root of the sum of each margin × that of the same baseline together.',
  },
  {
    word: 'grade',
    nl: 'A: gemeten met een stopwatch of in schaduw. B: uit tijdstempels. C: een schatting.',
    en: 'A: timed with a stopwatch or in shadow. B: from timestamps. C: an estimate.',
  },
  {
    word: 'withoutBaseline',
    nl: 'Werkitems die op hun dag geen nulmeting hadden: ze tellen niet mee in de uren.',
    en: 'Items that had no baseline on their day: they are not in the hours.',
  },
  {
    word: 'oneOffHours',
    nl: 'Een achterstand die één keer is weggewerkt: apart getoond, nooit naar een jaar omgerekend.',
    en: 'A backlog that was cleared once: shown apart, never turned into a year.',
  },
  {
    word: 'leftOut',
    nl: 'Werkitems die horen bij een geval dat een ander werkitem voor dezelfde activiteit opeiste, bij een andere inzet of bij dezelfde: ze tellen niet mee.',
    en: 'Items that belong to a case that another item claimed for the same activity, at another deployment or the same one: they count for nothing.',
  },
  {
    word: 'realisedHours',
    nl: 'Door een leidinggevende ondertekend: wat er van de uren geworden is. Staat los van het netto.',
    en: 'Signed by a head of department: what became of the hours. Apart from net.',
  },
  {
    word: 'reportedItems',
    nl: 'Een robot van een ander merk deed werkitems van deze inzet en leverde ze aan: geteld zoals gemeld, niet hier uitgevoerd.',
    en: 'A robot of another make did items of this deployment and reported them: counted as told, not done here.',
  },
  {
    word: 'leadTime',
    nl: 'Van aankomst van een werkitem tot de robot klaar was.',
    en: 'From the arrival of an item until the robot was done.',
  },
  {
    word: 'parkedShare',
    nl: 'Uitval ÷ (gedaan + uitval). Telt keren, geen werkitems: wat uitviel, is teruggegeven en toen gedaan, staat aan beide kanten, en wat twee keer uitvalt, telt twee keer. Het is dus niet het deel van het werk waar iemand aan te pas kwam.',
    en: 'Parked ÷ (done + parked). It counts times, not items: what was parked, given back and then done stands on both sides, and what was parked twice counts twice. So it is not the share of the work that needed a person.',
  },
  {
    word: 'withheld',
    nl: 'Een aantal onder vijf, of een getal waaruit zo’n aantal volgt: het kan een persoon herkenbaar maken. In de uren van het ziekenhuis telt het mee.',
    en: 'A number below five, or a figure that such a number follows from: it could point at a person. It counts in the hours of the hospital.',
  },
]

/** Said of deployments that were measured over few days. */
export const BRIEF: Readonly<Record<ReportLanguage, string>> = {
  nl: `Over minder dan ${FEW_DAYS} dagen gemeten (hoeveel staat erachter), de meeste uren per jaar eerst; naar een jaar omgerekend zegt dat nog weinig:`,
  en: `Measured over fewer than ${FEW_DAYS} days (how many stands behind each), those with most hours a year first; made into a year, that says little yet:`,
}

/** Said of deployments into which another robot reported. */
export const REPORTED: Readonly<Record<ReportLanguage, string>> = {
  nl: 'Een robot van een ander merk leverde werkitems aan; ze tellen zoals gemeld en zijn niet hier uitgevoerd:',
  en: 'A robot of another make reported items; they count as told and were not done here:',
}

/** What a sheet of the Excel file holds that other forms have not. */
export const COUNT_SHEET: Readonly<Record<ReportLanguage, string>> = {
  nl: 'Waar de minuten uit bestaan: per inzet, dag, variant en afloop. Bruto = aandelen × deel van de keten × minuten met de hand; het blad Narekenen telt ze op.',
  en: 'What the minutes are made of: by deployment, day, variant and outcome. Gross = shares × part of the chain × minutes by hand; the sheet Recompute adds them up.',
}

/** Where a reader of the PDF finds what its figures are made of. */
export const COUNTS_ELSEWHERE: Readonly<Record<ReportLanguage, string>> = {
  nl: 'Waar de cijfers uit bestaan, per inzet, dag, variant en afloop, staat in de Excel (blad Aantallen per dag), in de CSV met aantallen, en op het scherm achter elk cijfer. Die tellen op tot deze cijfers.',
  en: 'What the figures are made of, by deployment, day, variant and outcome, is in the Excel file (sheet Counts by day), in the CSV of counts, and on screen behind each figure. Those add up to these figures.',
}

/** Said where figures are printed rounded. */
export const ROUNDED: Readonly<Record<ReportLanguage, string>> = {
  nl: 'Getallen zijn alleen hier afgerond: rijen kunnen iets meer of minder zijn dan een totaal.',
  en: 'Figures are rounded here only: rows may be slightly more or less than a total.',
}

/** What a reader should not take from the report: the sentences of the screen. */
export const NOT_SAID: Readonly<Record<ReportLanguage, readonly string[]>> = {
  nl: Object.values(nlNotSaid),
  en: Object.values(enNotSaid),
}
