import { Group } from '@mantine/core'
import { DayField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'

export interface ChosenPeriod {
  /** Local dates, both counted. */
  readonly from: string
  readonly to: string
}

/** The period in the address of this page; this year up to today when there is none. */
export function usePeriod(): ChosenPeriod & { readonly change: (changed: Partial<ChosenPeriod>) => void } {
  const [from, changeFrom] = useSearchWord('from')
  const [to, changeTo] = useSearchWord('to')
  const change = (changed: Partial<ChosenPeriod>) => {
    if (changed.from !== undefined) changeFrom(changed.from)
    if (changed.to !== undefined) changeTo(changed.to)
  }
  return { from: from || `${today().slice(0, 4)}-01-01`, to: to || today(), change }
}

/** Lets a reader choose the period; it stands in the address, so that it can be sent to somebody. */
export function PeriodChoice({ from, to, change }: ReturnType<typeof usePeriod>) {
  const t = useTexts()
  return (
    <Group gap="sm" align="flex-end">
      <DayField label={t('savings.from')} value={from} onChange={(value) => change({ from: value })} />
      <DayField label={t('savings.to')} value={to} onChange={(value) => change({ to: value })} />
    </Group>
  )
}
