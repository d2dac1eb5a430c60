import { localTime } from '../shared/local-time.tsx'
import { useInLanguage, useLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import type { Language, TextKey } from '../texts.ts'
import type { ChangeRow } from './answers.ts'
import { placeName, placeSteps, type CalledBy } from './change-place.ts'
import { HALF_WORDS, VALUE_WORDS } from './value-words.ts'

/** How one change is told: where, of what, and its values as people read them. */
export interface ChangeTelling {
  readonly subject: string
  readonly place: (path: string) => string
  readonly value: (path: string, value: string | number) => string
}

export interface ChangeTold {
  readonly what: string
  readonly subject: string
  readonly called: CalledBy
}

export function useChangeTelling({
  what,
  subject,
  words,
}: Pick<ChangeRow, 'what' | 'subject' | 'words'>): ChangeTelling {
  const t = useTexts()
  const language = useLanguage()
  const inLanguage = useInLanguage()
  const called = (code: string) => {
    const both = Object.hasOwn(words, code) ? words[code] : undefined
    return both && inLanguage(both)
  }
  return tellChange({ what, subject, called }, t, language)
}

/** The same without a page around it. */
export function tellChange(
  { what, subject, called }: ChangeTold,
  t: Texts,
  language: Language,
): ChangeTelling {
  const token = (text: string) =>
    called(text) ??
    wordFor(what === 'pleasure' ? 'moment' : '', text, t) ??
    roundName(what, text, t) ??
    dated(text, language) ??
    shortId(text)
  const named = (text: string) => text.split(' ').map(token).join(' ')
  return {
    subject: named(subject),
    place: (path) =>
      path === 'id' && NUMBERED.has(what) ? t('administer.place.number') : placeName(path, t, called, named),
    value: (path, value) => {
      const [first, ...rest] = placeSteps(path)
      const leaf = [first, ...rest].findLast((one) => one && !one.given)?.step ?? ROOTS[what] ?? ''
      // What a hospital filled in for a robot or a system is told as it was filled in.
      if (first?.step === 'settings') return String(value)
      if (leaf === 'bot' || leaf.toLowerCase().endsWith('variant'))
        return called(String(value)) ?? String(value)
      return (
        wordFor(leaf, String(value), t) ??
        figure(leaf, value, language) ??
        dated(String(value), language) ??
        String(value)
      )
    },
  }
}

/** What has a number of its own, and no short name. */
const NUMBERED: ReadonlySet<string> = new Set([
  'baseline',
  'business-case',
  'chain',
  'one-off',
  'realised',
  'upkeep',
])

/** Of what a change is one value: what that value is. */
const ROOTS: Readonly<Record<string, string>> = {
  'deployment-mode': 'mode',
  adoption: 'phase',
  worker: 'wanted',
}

function wordFor(leaf: string, value: string, t: Texts): string | undefined {
  const words: Readonly<Record<string, TextKey>> = VALUE_WORDS[leaf] ?? {}
  const key = Object.hasOwn(words, value) ? words[value] : undefined
  return key && t(key)
}

/** Half a year: `2026-1`. */
function roundName(what: string, text: string, t: Texts): string | undefined {
  const [, year, half] = (what === 'round' && /^(\d{4})-([12])$/.exec(text)) || []
  if (year === undefined) return undefined
  return t(HALF_WORDS[half === '1' ? '1' : '2'], { year })
}

function dated(text: string, language: Language): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return localTime(`${text}T12:00:00Z`, language, 'day')
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? localTime(text, language, 'full') : undefined
}

/** So much of an id tells it from its neighbours. */
const shortId = (text: string): string => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? text.slice(0, 8) : text)

const SHARES = new Set(['share', 'parkedShare'])
const AMOUNTS = new Set([
  ...[
    'hours',
    'hoursPerYear',
    'minutes',
    'mean',
    'spread',
    'spreadMinutes',
    'score',
    'itemsPerYear',
    'items',
    'n',
  ],
])

/** Decimal text of the ledger, and numbers, as the reader's language writes them. */
function figure(leaf: string, value: string | number, language: Language): string | undefined {
  const amount = Number(value)
  if (value === '' || !Number.isFinite(amount)) return undefined
  const written = (shown: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', options).format(shown)
  if (SHARES.has(leaf)) return `${written(amount * 100, { maximumFractionDigits: 2 })} %`
  if (leaf === 'euros') return written(amount, { style: 'currency', currency: 'EUR' })
  return AMOUNTS.has(leaf) ? written(amount, { maximumFractionDigits: 4 }) : undefined
}
