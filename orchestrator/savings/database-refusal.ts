import { DatabaseError } from 'pg'
import { Failure } from '../../connectors/failure.ts'
import { dayAfter } from './period.ts'

/** What the ledger itself refuses, whoever asks; `detail` is the last day that was counted, where there is one. */
const REFUSALS: Readonly<Record<string, readonly [field: string, remedy: (day: string) => string]>> = {
  baseline_stays: [
    'validFrom',
    (day) =>
      `the baseline was counted up to and including ${day} and is never edited; give ${next(day)} or a later day.`,
  ],
  baseline_overlaps: [
    'validFrom',
    () => 'another baseline of this variant is valid on some of these days; give a later day.',
  ],
  chain_adds_up: ['parts', () => 'the shares of the parts must add up to 1; correct them.'],
  chain_overlaps: [
    'validFrom',
    () => 'one of the variants is in another chain on some of these days; end that one first.',
  ],
  chain_too_early: [
    'validFrom',
    (day) =>
      `a part counted items up to and including ${day}, and what was counted never changes; give ${next(day)} or a later day.`,
  ],
  chain_stays: [
    'until',
    (day) =>
      `a chain is never changed, and ended after the last day it counted${day ? ` (${day})` : ''}; give a later day.`,
  ],
  measurement_closed: ['measurement', () => 'it does not exist here, or it is closed; begin another.'],
  realised_within_net: ['hours', () => 'more than the net hours that are not signed yet; give fewer.'],
  realised_meanwhile: [
    'hours',
    () => 'something else was signed for these days meanwhile; look at it and try again.',
  ],
}

const next = (day: string) => (day ? dayAfter(day) : day)

/** Gives what was asked, or the ledger's refusal as a sentence that names the field and the remedy. */
export async function explainRefusal<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked
  } catch (error) {
    const constraint = error instanceof DatabaseError ? error.constraint : undefined
    const refusal = constraint === undefined ? undefined : REFUSALS[constraint]
    if (!refusal || !(error instanceof DatabaseError)) throw error
    const [field, remedy] = refusal
    const code = (constraint ?? '').replaceAll('_', '-')
    const sentence = `Field ${field}: ${remedy(error.detail ?? '')}`
    throw new Failure('business', code, sentence, { cause: error })
  }
}
