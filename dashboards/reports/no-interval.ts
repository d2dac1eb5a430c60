import type { NoInterval } from '../../orchestrator/savings/interval.ts'
import type { WordKey } from './report-words.ts'

/** The word that says why a figure has no interval. */
export const reasonOf = (reason: NoInterval): WordKey => `noInterval.${reason}`
