import type { Json } from '../../bots/bot.ts'
import { bots } from '../../bots/index.ts'
import { doneTitle } from '../../bots/words.ts'
import type { ItemHistory } from '../../orchestrator/ledger/reading.ts'
import { drawnTable } from './drawn-table.ts'
import { stateOf } from './items.ts'
import { localTime } from './local-time.ts'

/** An item's whole history for a person; times on the hospital's clock, nothing of the item's data. */
export function itemHistory(item: ItemHistory, width: number): string {
  return [
    header(item),
    section('Acts', actTable(item, width)),
    section('What happened', eventTable(item, width)),
    section('Evidence', evidenceTable(item, width)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const section = (title: string, table: string): string => table && `${title}\n${table}`

function header(item: ItemHistory): string {
  const time = (moment: Date | null) => localTime(moment, item.timeZone)
  const waits = item.state === 'queued' || item.state === 'unsure'
  const facts: readonly (readonly [string, string | null])[] = [
    ['Item', item.id],
    ['Deployment', `${item.deployment} (robot ${item.bot}, hospital ${item.hospital})`],
    ['Reference', item.reference],
    ['Marker', `${item.marker} (find it under this at the hospital’s system)`],
    ['State', stateOf(item)],
    ['Why', item.sentence && `${item.sentence}${item.code ? ` [${item.code}]` : ''}`],
    ['Waits for', waitsFor(item)],
    ['Variant', item.variant],
    ['Attempt', `${item.attempt}`],
    ['Reported by', item.reportedBy && `${item.reportedBy} (a robot of another make did it)`],
    ['Run', item.run],
    ['Arrived', time(item.arrivedAt)],
    ['Due', waits ? time(item.dueAt) : null],
    ['Finished', item.finishedAt && time(item.finishedAt)],
    ['Times', `on the clock of ${item.timeZone}`],
  ]
  return facts.flatMap(([name, value]) => (value ? [`${name.padEnd(11)} ${value}`] : [])).join('\n')
}

function waitsFor({ heldBehind }: ItemHistory): string | null {
  if (!heldBehind) return null
  const { id, deployment, state, sentence } = heldBehind
  return `item ${id} of ${deployment}, about the same patient, which is ${state}${sentence ? `: ${sentence}` : ''}`
}

/** What the robot calls a step or act of it. */
const called = ({ bot }: ItemHistory, name: string): string => doneTitle(bots.get(bot), name)?.en ?? name

function actTable(item: ItemHistory, width: number): string {
  const { acts, timeZone } = item
  if (acts.length === 0) return ''
  const heads = ['Act', 'State', 'Found or pressed', 'Armed', 'Pressed', 'Confirmed']
  const rows = acts.map((act) => [
    act.key ? `${called(item, act.name)} (${act.key})` : called(item, act.name),
    act.state,
    act.how ?? '',
    localTime(act.armedAt, timeZone),
    localTime(act.pressedAt, timeZone),
    localTime(act.finishedAt, timeZone),
    act.reference ?? '',
  ])
  return drawnTable([...heads.map((head) => ({ head })), { head: 'Reference', wraps: true }], rows, width)
}

function eventTable(item: ItemHistory, width: number): string {
  const { events, timeZone } = item
  const columns = [
    { head: 'Time' },
    { head: 'Try', align: 'right' as const },
    { head: 'Event' },
    { head: 'What', wraps: true },
    { head: 'ms', align: 'right' as const },
  ]
  const rows = events.map((event) => [
    localTime(event.at, timeZone),
    `${event.attempt}`,
    event.kind,
    [
      event.name && called(item, event.name),
      event.code && `[${event.code}]`,
      event.sentence,
      detailText(event.detail),
    ]
      .filter(Boolean)
      .join(' '),
    event.ms === null ? '' : `${event.ms}`,
  ])
  return drawnTable(columns, rows, width)
}

/** `share 1, variant new-patient`; empty values are left out. */
function detailText(detail: Json): string {
  if (detail === null || typeof detail !== 'object') return ''
  const pairs = Object.entries(detail).filter(([, value]) => value !== '' && value !== null)
  return pairs
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ')
}

function evidenceTable({ evidence, timeZone }: ItemHistory, width: number): string {
  if (evidence.length === 0) return ''
  const heads = ['Nr', 'Time', 'Try', 'Kind'].map((head) => ({ head }))
  const rows = evidence.map(({ id, at, attempt, mediaType, label }) => [
    `${id}`,
    localTime(at, timeZone),
    `${attempt}`,
    mediaType,
    label,
  ])
  return drawnTable([...heads, { head: 'What it shows', wraps: true }], rows, width)
}
