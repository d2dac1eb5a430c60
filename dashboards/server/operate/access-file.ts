import type { FoundAccess } from '../../../orchestrator/ledger/access-search.ts'
import type { FileAnswer } from '../route.ts'
import { csvText } from '../../../connectors/spreadsheet-text.ts'

/** Dutch, for it goes to patients and employees of Dutch hospitals. */
const COLUMNS: Readonly<Record<string, (access: FoundAccess) => string>> = {
  'Datum en tijd': ({ at }) => localSecond(at),
  'Soort gebruiker': ({ actorKind }) => ACTORS[actorKind],
  Gebruiker: ({ actor }) => actor,
  Verantwoordelijke: ({ responsible }) => responsible,
  Handeling: ({ action }) => ACTIONS[action],
  Onderwerp: ({ subjectKind }) => SUBJECTS[subjectKind],
  Kenmerk: ({ subject }) => subject ?? '',
  Systemen: ({ systems }) => systems.join(', '),
  Uitkomst: ({ outcome }) => OUTCOMES[outcome],
}

const ACTORS: Readonly<Record<FoundAccess['actorKind'], string>> = {
  person: 'medewerker',
  machine: 'koppeling',
  robot: 'robot',
}
const ACTIONS: Readonly<Record<FoundAccess['action'], string>> = {
  read: 'ingezien',
  search: 'gezocht',
  reveal: 'getoond',
  change: 'gewijzigd',
  export: 'geëxporteerd',
}
const SUBJECTS: Readonly<Record<FoundAccess['subjectKind'], string>> = {
  item: 'werkitem',
  patient: 'patiënt',
  message: 'HL7-bericht',
  evidence: 'bewijs',
  log: 'logboek',
  run: 'ronde',
}
const OUTCOMES: Readonly<Record<FoundAccess['outcome'], string>> = {
  given: 'gegeven',
  refused: 'geweigerd',
  failed: 'mislukt',
}

/** Sweden writes dates the way they sort. */
const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Amsterdam',
})
const localSecond = (at: Date): string => CLOCK.format(at)

/** A byte order mark: without it Excel takes UTF-8 for something else. */
const MARK = '\uFEFF'

/** Accesses as a file for a spreadsheet, with semicolons as Dutch Excel expects. Nothing in it says who the patient is. */
export function accessFile(accesses: readonly FoundAccess[]): FileAnswer {
  const rows = [
    Object.keys(COLUMNS),
    ...accesses.map((access) => Object.values(COLUMNS).map((cell) => cell(access))),
  ]
  const text = rows.map((cells) => `${cells.map(csvText).join(';')}\r\n`).join('')
  return {
    name: 'toegangslog.csv',
    mediaType: 'text/csv; charset=utf-8',
    bytes: Buffer.from(`${MARK}${text}`),
  }
}
