import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { ActivityUse } from '../../server/programme/value-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { TimeUseDialog } from './time-use-dialog.tsx'
import { ToReport } from './to-report.tsx'
import { today } from './use-day.ts'
import { nameOf, usePlaces } from './use-places.ts'
import { YearChoice } from './year-choice.tsx'

type Use = z.output<typeof ActivityUse>[number]

/** Hours spent on each activity, and hours that robots gave back of them. */
export default function TimeUsePage() {
  const t = useTexts()
  const { own } = usePlaces()
  const [year, setYear] = useState(Number(today().slice(0, 4)))
  const [entering, setEntering] = useState(false)
  const use = useAsk(ActivityUse, `/api/programme/time-use?year=${year}`)
  return (
    <PageFrame
      title={t('programme.timeuse.title')}
      lead={t('programme.timeuse.lead')}
      actions={
        own.length > 0 && <Button onClick={() => setEntering(true)}>{t('programme.timeuse.enter')}</Button>
      }
    >
      <Card>
        <Stack gap="md">
          <YearChoice value={year} onChange={setYear} />
          <Asked of={use}>{(found) => <UseTable use={found} year={year} />}</Asked>
        </Stack>
      </Card>
      {entering && <TimeUseDialog year={year} onClose={() => setEntering(false)} />}
    </PageFrame>
  )
}

function UseTable({ use, year }: { readonly use: readonly Use[]; readonly year: number }) {
  const t = useTexts()
  const columns = useUseColumns(year)
  return (
    <DataTable
      caption={t('programme.timeuse.caption', { year })}
      columns={columns}
      rows={use}
      rowKey={({ hospital, activity }) => `${hospital} ${activity}`}
      empty={<EmptyState title={t('programme.timeuse.none')} />}
    />
  )
}

function useUseColumns(year: number): Column<Use>[] {
  const t = useTexts()
  const { all } = usePlaces()
  const { number } = useNumbers()
  const shown = (value: number | null) => (value === null ? t('programme.unknown') : number(value, 1))
  const days = { from: `${year}-01-01`, to: `${year}-12-31` }
  const saved = ({ savedHours, withheld, hospital }: Use) => {
    if (withheld) return t('programme.notshown')
    if (savedHours === null) return t('programme.timeuse.nothing')
    return (
      <ToReport shown={shown(savedHours)} what={t('programme.timeuse.saved')} {...days} hospital={hospital} />
    )
  }
  const hours = (key: string, title: string, of: (use: Use) => number | null): Column<Use> => ({
    ...{ key, title, align: 'end', sortBy: of },
    show: (use) => shown(of(use)),
  })
  const share = ({ spentHours, savedHours }: Use) => {
    if (spentHours === null || savedHours === null || spentHours === 0) return '–'
    return `${number((savedHours / spentHours) * 100, 2)} %`
  }
  return [
    { key: 'hospital', title: t('programme.hospital'), show: ({ hospital }) => nameOf(all, hospital) },
    {
      key: 'activity',
      title: t('programme.activity'),
      show: ({ activity }) => t(`programme.activity.${activity}`),
    },
    hours('spent', t('programme.timeuse.spent'), ({ spentHours }) => spentHours),
    { ...hours('saved', t('programme.timeuse.saved'), ({ savedHours }) => savedHours), show: saved },
    { key: 'share', title: t('programme.timeuse.share'), align: 'end', show: share },
  ]
}
