import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BaselineUse } from '../../../orchestrator/savings/minutes.ts'
import type { DeploymentSavings, HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { isSmall, toldOf, toldSum, type Told, type ToldOf } from '../../../orchestrator/savings/withhold.ts'
import { determined, type Equation } from './linear-inference.ts'
import { MADE_REPORT } from './made-report.ts'

/** What counted, by baseline, and how else items ended. */
interface Made {
  readonly used: readonly number[]
  readonly oneOff: readonly number[]
  readonly byHand: number
  readonly leftOut: number
  readonly withoutBaseline: number
  readonly parked: number
  readonly nothing: number
  readonly days: number
}

const MINUTES = [6, 11.25, 2.333]
/** So many days in the place of a year that parts of it are whole: nothing is rounded then. */
const YEAR = 90
const [made] = MADE_REPORT.hospitals

const useOf = (items: number, place: number): BaselineUse => ({
  ...{ variant: `v${place}`, items, shares: items, share: '1' },
  baseline: {
    ...{
      id: place,
      deployment: '',
      variant: `v${place}`,
      minutes: String(MINUTES[place]),
      method: 'estimate',
    },
    ...{ n: null, spreadMinutes: null, validFrom: '2020-01-01', validUntil: null, measuredOn: '2020-01-01' },
  },
})
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function rowOf(id: string, of: Made): DeploymentSavings {
  const base = made?.deployments[0]
  if (!base) throw new Error('The made report has a deployment.')
  const usesOf = (counts: readonly number[]) => counts.map(useOf).filter(({ items }) => items > 0)
  const counted = sum(of.used) + sum(of.oneOff) + of.leftOut + of.withoutBaseline
  const byHand = Math.min(of.byHand, counted)
  const items = {
    done: counted - byHand,
    'by-hand': byHand,
    parked: of.parked,
    nothing: of.nothing,
    shadow: 0,
  }
  const { leftOut, withoutBaseline } = of
  return {
    ...{ ...base, id, items, leftOut, withoutBaseline, used: usesOf(of.used), measuredDays: of.days },
    oneOff: { ...base.oneOff, items: sum(of.oneOff), withoutBaseline: 0, used: usesOf(of.oneOff) },
  }
}

function hospitalOf(name: string, all: readonly Made[]): HospitalSavings {
  if (!made) throw new Error('There is a made hospital.')
  return { ...made, id: name, deployments: all.map((each, place) => rowOf(`${name}-${place}`, each)) }
}

const few = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 400 }))
const anyMade: fc.Arbitrary<Made> = fc.record({
  used: fc.array(few, { minLength: 1, maxLength: 3 }),
  oneOff: fc.oneof(fc.constant<number[]>([]), fc.array(few, { maxLength: 2 })),
  ...{ byHand: few, leftOut: few, withoutBaseline: few, parked: few, nothing: few },
  days: fc.constantFrom(10, 15, 18, 30, 45, YEAR),
})

/** All that a reader of one report is told, and how its parts hang together. */
function knownOf(hospital: HospitalSavings, told: ToldOf, tellsAll = false): Equation[] {
  const rows = hospital.deployments.map((row) => ({ row, told: told.get(row.id) }))
  const grossOf = (row: DeploymentSavings, which: 'used' | 'oneOff') =>
    (which === 'used' ? row.used : row.oneOff.used).map(({ items: _items, baseline }): [string, number] => [
      `${row.id} ${which} ${baseline.id}`,
      Number(baseline.minutes),
    ])
  const whole = (which: 'used' | 'oneOff') =>
    Object.fromEntries(rows.flatMap(({ row }) => grossOf(row, which)))
  // A deployment's hours a year are its hours by its measured days; not known from these, they are an unknown of their own.
  const aYear = () =>
    Object.fromEntries(
      rows.flatMap(({ row, told: own }): [string, number][] => {
        const days = own?.measuredDays ?? null
        if (days === null) return [[`${row.id} a-year`, 1]]
        return grossOf(row, 'used').map(([name, minutes]) => [name, minutes * (YEAR / days)])
      }),
    )
  const sums = (['leftOut', 'oneOffItems'] as const)
    .filter((name) => toldSum(rows.map((each) => each.told?.[name] ?? null)) !== null)
    .map((name) => Object.fromEntries(rows.map(({ row }) => [`${row.id} ${name}`, 1])))
  return [
    ...rows.flatMap(({ row, told: own }) => (own ? knownOfRow(row, own, grossOf, tellsAll) : [])),
    ...[whole('used'), whole('oneOff'), aYear(), ...sums],
  ]
}

function knownOfRow(
  row: DeploymentSavings,
  told: Told,
  grossOf: (row: DeploymentSavings, which: 'used' | 'oneOff') => [string, number][],
  tellsAll: boolean,
): Equation[] {
  const { id } = row
  const uses = (which: 'used' | 'oneOff') => grossOf(row, which).map(([name]) => name)
  const minus = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, -1]))
  const cells = {
    ...told.items,
    ...{ leftOut: told.leftOut, withoutBaseline: told.withoutBaseline, oneOffItems: told.oneOffItems },
  }
  return [
    {
      [`${id} done`]: 1,
      [`${id} by-hand`]: 1,
      ...minus([...uses('used'), `${id} oneOffItems`, `${id} leftOut`, `${id} withoutBaseline`]),
    },
    { [`${id} oneOffItems`]: 1, ...minus(uses('oneOff')) },
    ...Object.entries(cells)
      .filter(([, count]) => tellsAll || count !== null)
      .map(([name]) => ({ [`${id} ${name}`]: 1 })),
    ...(told.variants ? [...uses('used'), ...uses('oneOff')].map((name) => ({ [name]: 1 })) : []),
    ...(told.hours ? [Object.fromEntries(grossOf(row, 'used'))] : []),
    ...(told.oneOffHours ? [Object.fromEntries(grossOf(row, 'oneOff'))] : []),
  ]
}

/** The counts of one to four of a hospital, by the names of the equations. */
function smallOf({ deployments }: HospitalSavings): string[] {
  return deployments.flatMap((row) => {
    const counts: [string, number][] = [
      ...Object.entries(row.items),
      ...(
        [
          ['leftOut', row.leftOut],
          ['withoutBaseline', row.withoutBaseline],
          ['oneOffItems', row.oneOff.items],
        ] as const
      ).map(([name, count]): [string, number] => [name, count]),
      ...row.used.map(({ baseline, items }): [string, number] => [`used ${baseline.id}`, items]),
      ...row.oneOff.used.map(({ baseline, items }): [string, number] => [`oneOff ${baseline.id}`, items]),
    ]
    return counts.filter(([, count]) => isSmall(count)).map(([name]) => `${row.id} ${name}`)
  })
}

/** Where one deployment counted, the hours of its hospital are its own: they are told, which the words of the rule say. */
const severalCounted = ({ deployments }: HospitalSavings): boolean =>
  (['used', 'oneOff'] as const).every((which) => {
    const uses = deployments.filter((row) => (which === 'used' ? row.used : row.oneOff.used).length > 0)
    return uses.length !== 1
  })

const anyHospital = fc
  .array(anyMade, { minLength: 2, maxLength: 4 })
  .map((all) => hospitalOf('oost', all))
  .filter(severalCounted)

const PLAIN = { oneOff: [], byHand: 0, leftOut: 0, withoutBaseline: 0, parked: 0, nothing: 0, days: 30 }

describe('who sees counts only', () => {
  test('is told no count of one to four, and can work none out from one report', () => {
    fc.assert(
      fc.property(anyHospital, (hospital) => {
        const told = toldOf([hospital], () => false)
        for (const { items, leftOut, withoutBaseline, oneOffItems } of told.values())
          for (const count of [...Object.values(items), leftOut, withoutBaseline, oneOffItems])
            expect(count !== null && isSmall(count)).toBe(false)
        expect(determined(knownOf(hospital, told), smallOf(hospital))).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  test('could work some out when only the small ones were left away', () => {
    const hospital = hospitalOf('oost', [
      { ...PLAIN, used: [37, 3] },
      { ...PLAIN, used: [50] },
    ])
    const told = toldOf([hospital], () => false)
    // With "done" told, the sum of both variants and their minutes give each of them.
    expect(determined(knownOf(hospital, told, true), smallOf(hospital))).toEqual(['oost-0 used 1'])
    expect(determined(knownOf(hospital, told), smallOf(hospital))).toEqual([])
  })

  test('could work out two deployments from the hours a year of their hospital with their measured days', () => {
    const hospital = hospitalOf('oost', [
      { ...PLAIN, used: [3] },
      { ...PLAIN, used: [60], days: 10 },
    ])
    const told = toldOf([hospital], () => false)
    expect([...told.values()].map(({ measuredDays }) => measuredDays)).toEqual([null, null])
    expect(determined(knownOf(hospital, told), smallOf(hospital))).toEqual([])
    const rows = hospital.deployments.map((row): [string, Told][] => {
      const own = told.get(row.id)
      return own ? [[row.id, { ...own, measuredDays: row.measuredDays }]] : []
    })
    expect(determined(knownOf(hospital, new Map(rows.flat())), smallOf(hospital))).toContain('oost-0 used 0')
  })

  test('is told everything where nothing is small, and where the reader may see items', () => {
    const plain = { ...PLAIN, parked: 9 }
    const large = hospitalOf('oost', [{ ...plain, used: [40, 12] }])
    expect(toldOf([large], () => false).get('oost-0')).toMatchObject({
      hours: true,
      variants: true,
      items: { done: 52, parked: 9 },
    })
    const small = hospitalOf('west', [{ ...plain, used: [3], parked: 2 }])
    expect(toldOf([small], () => true).get('west-0')).toMatchObject({
      hours: true,
      variants: true,
      items: { done: 3, parked: 2 },
    })
    expect(toldOf([small], () => false).get('west-0')).toMatchObject({
      hours: false,
      items: { done: null, parked: null, nothing: 0 },
    })
  })

  test('is not told the minutes of small deployments beside each other alone: they could be of one item each', () => {
    const hospital = hospitalOf('oost', [
      { ...PLAIN, used: [1] },
      { ...PLAIN, used: [1] },
      { ...PLAIN, used: [98] },
    ])
    const told = toldOf([hospital], () => false)
    expect([...told.values()].map(({ hours }) => hours)).toEqual([false, false, false])
  })

  test('is not told the minutes of one deployment alone: that with the fewest beside it goes too', () => {
    const hospital = hospitalOf('oost', [
      { ...PLAIN, used: [3] },
      { ...PLAIN, used: [400] },
      { ...PLAIN, used: [60] },
    ])
    const told = toldOf([hospital], () => false)
    expect([...told].map(([id, { hours }]) => [id, hours])).toEqual([
      ['oost-0', false],
      ['oost-1', true],
      ['oost-2', false],
    ])
  })
})
