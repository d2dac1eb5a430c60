import type { z } from 'zod'
import { Activity, type ActivityName } from '../../server/programme/idea-schemas.ts'
import type { TimeUse } from '../../server/programme/value-schemas.ts'
import type { Language } from '../texts.ts'

export type Found = z.output<typeof TimeUse>

/** A group of staff as it is being typed: shares in per cent. */
export interface GroupDraft {
  readonly name: string
  readonly hours: string
  readonly percentages: Readonly<Partial<Record<ActivityName, string>>>
}

export const EMPTY_GROUP: GroupDraft = { name: '', hours: '', percentages: {} }

/** What was entered before, as it is typed in the reader's language. */
export function asDrafts({ groups }: Found, language: Language): GroupDraft[] {
  const typed = (decimal: string) => {
    const short = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
    return language === 'nl' ? short.replace('.', ',') : short
  }
  return groups.map(({ name, hours, shares }) => ({
    name,
    hours: typed(hours),
    percentages: Object.fromEntries(
      shares.map(({ activity, share }) => [activity, typed(asPercentage(share))]),
    ),
  }))
}

/** What is sent: groups without a name are left out, and activities without a percentage. */
export function asBody(source: string, drafts: readonly GroupDraft[]): unknown {
  const groups = drafts
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, hours, percentages }) => ({
      name,
      hours: hours.replace(',', '.'),
      shares: Activity.options.flatMap((activity) => {
        const typed = percentages[activity]?.trim() ?? ''
        return typed === '' ? [] : [{ activity, share: asShare(typed) }]
      }),
    }))
  return { source, groups }
}

/** `0.2100` as `21`: moved by two places as text, for a share is decimal. */
function asPercentage(share: string): string {
  const [whole = '0', fraction = ''] = share.split('.')
  const digits = `${whole}${fraction.padEnd(4, '0')}`
  const percentage = `${digits.slice(0, -2)}.${digits.slice(-2)}`
  return percentage.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '') || '0'
}

/** `21` or `21,5` as `0.21` and `0.215`; what is no number goes as it is, for the server to name the field. */
function asShare(percentage: string): string {
  const found = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(percentage)
  if (!found) return percentage
  const digits = `${(found[1] ?? '').padStart(3, '0')}${found[2] ?? ''}`
  return `${digits.slice(0, 1)}.${digits.slice(1)}`
}
