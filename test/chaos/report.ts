import { holds, type Judgement } from './invariants.ts'
import type { Hit, Strikes } from './killer.ts'
import type { NaiveResult, ProtocolResult } from './phases.ts'

/** Whether the invariants hold: nothing twice, nothing missing, every credit recounted, every item ended with a reason. */
export function stands(result: ProtocolResult): boolean {
  return holds(result.judgement) && result.recount.length === 0 && result.crashes === 0 && result.leaks === 0
}

/** The figures of a run under the protocol, a line each. */
export function protocolLines(result: ProtocolResult): string[] {
  const { judgement, strikes } = result
  const net = result.recount.reduce((sum, { seconds }) => sum + Math.abs(seconds), 0)
  return figures('protocol', [
    ['items', `${result.items}`],
    ['done', `${result.done}`],
    ['parked', parked(result.parked)],
    ['kills', `${strikes.kills} (${hits(strikes.killed)})`],
    ['pauses', `${pauses(strikes)} (${hits(strikes.frozen)})`],
    ['duplicates', `${judgement.duplicates.length}`],
    ['missing', `${judgement.missing.length}`],
    ['stray', `${judgement.stray.length}`],
    ['not ended', `${judgement.unended.length}`],
    ['parked without reason', `${judgement.reasonless.length}`],
    ['late events', `${result.lateEvents}`],
    ['alarms', counted(result.alarms)],
    ['recount difference', `${result.recount.length} (${net} s)`],
    ['workers that crashed', `${result.crashes}`],
    ['values in logs', `${result.leaks}`],
    [
      'acts',
      Object.entries(result.ways)
        .map(([how, acts]) => `${acts} ${how}`)
        .join(', '),
    ],
    ['seconds', result.seconds.toFixed(1)],
  ])
}

/** The figures of the naive twin, a line each. */
export function naiveLines(result: NaiveResult): string[] {
  return figures('naive twin', [
    ['items', `${result.items}`],
    ['kills', `${result.strikes.kills}`],
    ['pauses', pauses(result.strikes)],
    ['duplicates', `${result.duplicates}`],
    ['missing', `${result.missing}`],
    ['failed jobs', `${result.failed}`],
    ['seconds', result.seconds.toFixed(1)],
  ])
}

/** What is wrong, with the markers and the histories of the first of them; empty when nothing is. */
export function wrongLines(result: ProtocolResult): string[] {
  const { judgement } = result
  const named = (name: string, markers: Judgement[keyof Judgement]) =>
    markers.length > 0 ? [`${name}: ${markers.join(' ')}`] : []
  return [
    ...named('Twice or more', judgement.duplicates),
    ...named('Missing at the registry', judgement.missing),
    ...named('At the registry without a done item', judgement.stray),
    ...named('Neither done nor parked', judgement.unended),
    ...named('Parked without a reason', judgement.reasonless),
    ...result.recount.map(({ sentence }) => sentence),
    ...[...result.histories].flatMap(([marker, lines]) => [`History of ${marker}:`, ...lines]),
  ]
}

const parked = (codes: Readonly<Record<string, number>>) => {
  const sum = Object.values(codes).reduce((total, count) => total + count, 0)
  return [`${sum}`, ...Object.entries(codes).map(([code, count]) => `${count} ${code}`)].join(', ')
}

const counted = (of: Readonly<Record<string, number>>) =>
  Object.entries(of)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ') || 'none'

const hits = (struck: Readonly<Record<Hit, number>>) =>
  Object.entries(struck)
    .map(([hit, count]) => `${count} ${hit}`)
    .join(', ')

const pauses = ({ pauses: all, longPauses }: Strikes) => `${all}, ${longPauses} past the quiet period`

function figures(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)]
}
