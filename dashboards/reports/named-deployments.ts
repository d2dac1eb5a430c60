import type { ReportLanguage } from './report-words.ts'

/** A board reads a few names; a list of a hundred hides those that matter. */
const MOST_NAMED = 8

export interface Named {
  readonly name: string
  /** As far as they are told; 0 where they are not. */
  readonly hoursPerYear: number
}

/**
 * The deployments that matter most, by hours a year, and how many others there are: `a, b and 12 others`.
 * @param all how many there are, those among them that may not be named
 */
export function namedDeployments(rows: readonly Named[], all: number, language: ReportLanguage): string {
  const most = rows
    .toSorted((one, other) => Math.abs(other.hoursPerYear) - Math.abs(one.hoursPerYear))
    .slice(0, MOST_NAMED)
  const names = most.map(({ name }) => name).join(', ')
  const others = all - most.length
  if (others === 0) return names
  return names === '' ? ALONE[language](others) : `${names} ${BESIDE[language](others)}`
}

const inzetten = (count: number) => (count === 1 ? '1 inzet' : `${count} inzetten`)
const deployments = (count: number) => (count === 1 ? '1 deployment' : `${count} deployments`)

const ALONE: Readonly<Record<ReportLanguage, (count: number) => string>> = { nl: inzetten, en: deployments }

const BESIDE: Readonly<Record<ReportLanguage, (count: number) => string>> = {
  nl: (count) => `en nog ${inzetten(count)}`,
  en: (count) => `and ${deployments(count)} more`,
}
