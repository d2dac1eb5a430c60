import { expect, test } from 'vitest'
import type { BaselineUse } from '../../../orchestrator/savings/minutes.ts'
import type { HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { toldOf } from '../../../orchestrator/savings/withhold.ts'
import { MADE_REPORT } from './made-report.ts'

const useOf = (items: number): BaselineUse => ({
  ...{ variant: 'plain', items, shares: items, share: '1' },
  baseline: {
    ...{ id: 1, deployment: '', variant: 'plain', minutes: '6', method: 'estimate', n: null },
    ...{ spreadMinutes: null, validFrom: '2020-01-01', validUntil: null, measuredOn: '2020-01-01' },
  },
})

/** A hospital of which each deployment counted so many regular items and so many of a backlog. */
function hospitalOf(
  backlogDays: number,
  ...counts: readonly [regular: number, oneOff: number][]
): HospitalSavings {
  const [made] = MADE_REPORT.hospitals
  const [row] = made?.deployments ?? []
  if (!made || !row) throw new Error('The made report has a deployment.')
  const deployments = counts.map(([regular, oneOff], place) => ({
    ...{ ...row, id: `oost-${place}`, leftOut: 0, used: [useOf(regular)] },
    items: { done: regular + oneOff, 'by-hand': 0, parked: 0, nothing: 0, shadow: 0 },
    oneOff: { ...row.oneOff, items: oneOff, used: oneOff > 0 ? [useOf(oneOff)] : [] },
    backlogDays: place === 0 ? backlogDays : 0,
  }))
  return { ...made, deployments }
}

test('who sees counts only is not told over how many days a small backlog counted: on each of them an item did', () => {
  const toldDays = (backlogDays: number) => {
    const hospital = hospitalOf(backlogDays, [60, 4], [90, 0], [200, 80])
    return [...toldOf([hospital], () => false).values()].map((told) => [
      ...[told.hours, told.measuredDays, told.backlogDays, told.firstDay],
    ])
  }
  const all = [true, 30, 0, '2026-05-04']
  const none = [false, null, null, null]
  // With the smallest beside it: the hours a year of the hospital would tell its days.
  expect(toldDays(4)).toEqual([none, none, all])
  expect(toldDays(0)).toEqual([all, all, all])
})
