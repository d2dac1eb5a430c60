import { Alert, Stack } from '@mantine/core'
import type { z } from 'zod'
import { ValueYears } from '../../server/programme/value-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { HospitalChoice, useChosenHospital } from './hospital-choice.tsx'
import { HospitalMoney } from './hospital-money.tsx'
import { today } from './use-day.ts'
import { usePlaces } from './use-places.ts'

type Year = z.output<typeof ValueYears>[number]

const YEARS_BACK = 4

/** Costs and benefits by year, and per hospital what was entered for them. */
export default function ValuePage() {
  const t = useTexts()
  const { all } = usePlaces()
  const place = useChosenHospital()
  const shown = all.filter(({ id }) => place.hospital === '' || id === place.hospital)
  const to = Number(today().slice(0, 4))
  const years = useAsk(ValueYears, `/api/programme/value?from=${to - YEARS_BACK}&to=${to}${place.asked}`)
  return (
    <PageFrame
      title={t('programme.value.title')}
      lead={t('programme.value.lead')}
      actions={<HospitalChoice {...place} />}
    >
      <Stack gap="lg">
        <Card>
          <Asked of={years}>{(found) => <ValueTable years={found} />}</Asked>
        </Card>
        {shown.map(({ id, name }) => (
          <HospitalMoney key={id} hospital={id} name={name} />
        ))}
      </Stack>
    </PageFrame>
  )
}

function ValueTable({ years }: { readonly years: readonly Year[] }) {
  const t = useTexts()
  const { number } = useNumbers()
  const columns = useValueColumns()
  const bare = years.reduce((sum, { hoursWithoutRate }) => sum + hoursWithoutRate, 0)
  return (
    <Stack gap="md">
      <DataTable
        caption={t('programme.value.caption')}
        columns={columns}
        rows={years}
        rowKey={({ year }) => String(year)}
      />
      {Math.abs(bare) >= 0.05 && (
        <Alert color="yellow" variant="light">
          {t('programme.value.withoutrate', { hours: number(bare, 1) })}
        </Alert>
      )}
    </Stack>
  )
}

const KINDS = ['licences', 'hours', 'hosting', 'other'] as const

function useValueColumns(): Column<Year>[] {
  const t = useTexts()
  const { number, euros } = useNumbers()
  const money = (key: string, title: string, of: (year: Year) => string): Column<Year> => ({
    key,
    title,
    align: 'end',
    show: (year) => euros(of(year)),
  })
  const hours = ({ netHours }: Year) => number(netHours, 1)
  return [
    { key: 'year', title: t('programme.year'), show: ({ year }) => String(year) },
    ...KINDS.map((kind) => money(kind, t(`programme.value.${kind}`), ({ costs }) => costs[kind])),
    money('costs', t('programme.value.costs'), ({ costTotal }) => costTotal),
    { key: 'netHours', title: t('programme.value.nethours'), align: 'end', show: hours },
    money('benefit', t('programme.value.benefit'), ({ benefit }) => benefit),
    money('result', t('programme.value.result'), ({ result }) => result),
    money('cumulative', t('programme.value.cumulative'), ({ cumulative }) => cumulative),
  ]
}
