import { NativeSelect } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import { today } from './use-day.ts'

interface YearChoiceProps {
  readonly value: number
  readonly onChange: (year: number) => void
}

const YEARS_BACK = 10

/** This year and the ten before it. */
export function YearChoice({ value, onChange }: YearChoiceProps) {
  const t = useTexts()
  const thisYear = Number(today().slice(0, 4))
  return (
    <NativeSelect
      label={t('programme.year')}
      w={120}
      data={Array.from({ length: YEARS_BACK + 1 }, (_, back) => String(thisYear - back))}
      value={String(value)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  )
}
