import type { FigureValues } from './recount-figures.ts'

/**
 * What must be told of all hospitals together, from what each of them is: sums, and margins as the root of their squares,
 * for no two hospitals share a baseline. None when one that counted something has none.
 */
export function expectedTotal(hospitals: readonly FigureValues[]): FigureValues {
  const numbers = (name: string) => hospitals.map((figures) => Number(figures[name] ?? 0))
  const total = (name: string) => numbers(name).reduce((sum, each) => sum + each, 0)
  const reasons = hospitals.map(({ noInterval }) => noInterval ?? null)
  const lacking = LACKS.find((reason) => reasons.includes(reason))
  const hasNone = lacking !== undefined || !reasons.includes(null)
  const margin = (name: string) =>
    hasNone ? null : Math.sqrt(numbers(name).reduce((sum, each) => sum + each * each, 0))
  return {
    ...{ netHours: total('netHours'), fte: total('fte'), contractFte: total('contractFte') },
    brief: total('brief'),
    ...{ marginHours: margin('marginHours'), marginFte: margin('marginFte') },
    marginContractFte: margin('marginContractFte'),
    noInterval: hasNone ? (lacking ?? 'nothing-counted') : null,
  }
}

const LACKS = ['estimate', 'too-few-cases', 'no-spread']
