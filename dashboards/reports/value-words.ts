import type { ReportLanguage } from './report-words.ts'

/** The words of the value case as a file; `en` has the same ones as `nl`. */
const nl = {
  perYear: 'Per jaar',
  perRobot: 'Per robot en jaar',
  notes: 'Toelichting',
  year: 'Jaar',
  bot: 'Robot',
  licences: 'Licenties',
  hours: 'Eigen uren',
  hosting: 'Hosting',
  other: 'Overig',
  costs: 'Kosten',
  netHours: 'Netto uren',
  hoursWithoutRate: 'Netto uren zonder tarief',
  benefit: 'Baten',
  result: 'Saldo',
  cumulative: 'Saldo opgeteld',
  together: 'Samen',
  shared: 'Niet van één robot',
  withheld: 'niet getoond',
  note: 'Bedragen in euro’s, nergens afgerond: Excel toont er twee decimalen van. Baten zijn netto uren × het tarief van hun dag; netto uren zonder tarief staan apart en zitten niet in de baten. Kosten die niet van één robot zijn staan op een eigen regel. Robots en die regel tellen op tot het geheel. Niet getoond is wat een aantal van minder dan vijf zou verraden; in het geheel zit het wel.',
} as const
export type ValueWord = keyof typeof nl

const en: Readonly<Record<ValueWord, string>> = {
  perYear: 'By year',
  perRobot: 'By robot and year',
  notes: 'Notes',
  year: 'Year',
  bot: 'Robot',
  licences: 'Licences',
  hours: 'Own hours',
  hosting: 'Hosting',
  other: 'Other',
  costs: 'Costs',
  netHours: 'Net hours',
  hoursWithoutRate: 'Net hours without a rate',
  benefit: 'Benefit',
  result: 'Result',
  cumulative: 'Result added up',
  together: 'Together',
  shared: 'Not of one robot',
  withheld: 'not shown',
  note: 'Amounts in euros, rounded nowhere: Excel shows two decimals of them. Benefits are net hours × the rate of their day; net hours without a rate stand apart and are not in the benefits. Costs that are not of one robot have a line of their own. Robots and that line add up to the whole. Not shown is what would tell a count of fewer than five; the whole holds it.',
}

const WORDS: Readonly<Record<ReportLanguage, Readonly<Record<ValueWord, string>>>> = { nl, en }

/** The word for something in the value case. */
export const valueWordsOf =
  (language: ReportLanguage) =>
  (key: ValueWord): string =>
    WORDS[language][key]
