import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Calendar } from '../../server/administer/calendar-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useLanguage, useTexts } from '../shared/use-texts.ts'
import { AddClosingDay } from './add-closing-day.tsx'
import { longDay } from './long-day.ts'
import { useMayAdminister } from './may-administer.ts'
import { RemoveClosingDay } from './remove-closing-day.tsx'

type Day = z.output<typeof Calendar>['days'][number]

/** The days on which schedules can rest: public holidays, which are computed, and the hospital's own closing days. */
export default function CalendarPage() {
  const t = useTexts()
  const { api } = useHospital()
  const [year, setYear] = useState<number | undefined>()
  const asked = useAsk(Calendar, `${api}/calendar${year === undefined ? '' : `?year=${year}`}`)
  const mayChange = useMayAdminister()
  return (
    <PageFrame title={t('administer.calendar.title')} lead={t('administer.calendar.lead')}>
      {mayChange && (
        <Card title={t('administer.calendar.add')}>
          <AddClosingDay onAdded={(day) => setYear(Number(day.slice(0, 4)))} />
        </Card>
      )}
      <Asked of={asked}>
        {(calendar) => (
          <Card
            title={t('administer.calendar.year', { year: calendar.year })}
            actions={<Years year={calendar.year} onChange={setYear} />}
          >
            <DayTable days={calendar.days} today={calendar.today} mayChange={mayChange} />
          </Card>
        )}
      </Asked>
    </PageFrame>
  )
}

function Years({ year, onChange }: { readonly year: number; readonly onChange: (year: number) => void }) {
  return (
    <Group gap="xs">
      {[year - 1, year + 1].map((other) => (
        <Button key={other} size="xs" variant="default" onClick={() => onChange(other)}>
          {other}
        </Button>
      ))}
    </Group>
  )
}

interface DayTableProps {
  readonly days: readonly Day[]
  readonly today: string
  readonly mayChange: boolean
}

function DayTable({ days, today, mayChange }: DayTableProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const language = useLanguage()
  const columns: Column<Day>[] = [
    {
      key: 'day',
      title: t('administer.calendar.day'),
      show: ({ day }) => (
        <Text component="time" dateTime={day} inherit {...(day < today && { c: 'dimmed' })}>
          {longDay(day, language)}
        </Text>
      ),
    },
    { key: 'name', title: t('administer.calendar.name'), show: ({ name }) => inLanguage(name) },
    {
      key: 'kind',
      title: t('administer.calendar.kind'),
      show: ({ kind }) => t(`administer.calendar.${kind}`),
    },
    ...(mayChange
      ? [
          {
            key: 'remove',
            title: t('administer.calendar.remove'),
            show: (row: Day) => row.kind === 'closing' && <RemoveClosingDay day={row.day} />,
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption={t('administer.calendar.title')}
      columns={columns}
      rows={days}
      rowKey={({ day, kind }) => `${day} ${kind}`}
    />
  )
}
