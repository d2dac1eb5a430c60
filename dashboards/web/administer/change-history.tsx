import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Changes } from '../../server/administer/change-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import type { ChangeRow } from './answers.ts'
import { ChangeName } from './change-name.tsx'
import { useChangeTelling } from './change-words.ts'
import { useMayAdminister } from './may-administer.ts'
import { ShownValue } from './shown-value.tsx'
import { UndoDialog } from './undo-dialog.tsx'

/** Who changed what, when, and from what to what; with the way back where there is one. Of one thing, or of all. */
export function ChangeHistory({ subject }: { readonly subject?: string }) {
  const t = useTexts()
  const { api } = useHospital()
  const asked = useAskPages(Changes, `${api}/changes${subject === undefined ? '' : `?subject=${subject}`}`)
  const [undoing, setUndoing] = useState<ChangeRow | undefined>()
  const mayUndo = useMayAdminister()
  const columns = columnsOf(t, subject === undefined)
  const undo: Column<ChangeRow> = {
    key: 'undo',
    title: t('administer.undo'),
    show: (row) => <UndoButton change={row} onChoose={setUndoing} />,
  }
  return (
    <Asked of={asked}>
      {(rows) => (
        <>
          <DataTable
            caption={t('administer.changes.title')}
            columns={mayUndo ? [...columns, undo] : columns}
            rows={rows}
            rowKey={({ id }) => String(id)}
            more={asked.more}
            empty={<EmptyState title={t('administer.changes.none')} />}
          />
          {undoing && <UndoDialog change={undoing} onClose={() => setUndoing(undefined)} />}
        </>
      )}
    </Asked>
  )
}

const columnsOf = (t: Texts, withSubject: boolean): Column<ChangeRow>[] => [
  { key: 'at', title: t('administer.change.at'), show: ({ at }) => <LocalTime at={at} shape="full" /> },
  { key: 'account', title: t('administer.change.account'), show: ({ account }) => account },
  {
    key: 'what',
    title: t('administer.change.what'),
    show: (row) => <ChangeName change={row} withSubject={withSubject} />,
  },
  {
    key: 'differences',
    title: t('administer.change.differences'),
    show: (row) => <Differences change={row} />,
  },
]

const SHOWN = 6

/** Each place that is otherwise; of a long list the first, for the rest follows from them. */
export function Differences({ change }: { readonly change: ChangeRow }) {
  const t = useTexts()
  const telling = useChangeTelling(change)
  const { differences } = change
  const [all, setAll] = useState(false)
  const shown = all ? differences : differences.slice(0, SHOWN)
  return (
    <Stack gap={4} maw="60ch">
      {shown.map(({ path, before, after }) => (
        <Text key={path} size="sm" component="div">
          {path !== '' && (
            <Text component="span" size="sm" fw={600} className="breaks">
              {telling.place(path)}:{' '}
            </Text>
          )}
          <ShownValue value={before} tell={(value) => telling.value(path, value)} /> →{' '}
          <ShownValue value={after} tell={(value) => telling.value(path, value)} />
        </Text>
      ))}
      {differences.length > shown.length && (
        <Group>
          <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
            {t('administer.change.all', { count: differences.length - shown.length })}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function UndoButton({
  change,
  onChoose,
}: {
  readonly change: ChangeRow
  readonly onChoose: (change: ChangeRow) => void
}) {
  const t = useTexts()
  const { subject } = useChangeTelling(change)
  if (!change.canUndo) return null
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('administer.undo.of', { subject })}
      onClick={() => onChoose(change)}
    >
      {t('administer.undo')}
    </Button>
  )
}
