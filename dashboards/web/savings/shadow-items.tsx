import { Anchor, Box, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import type { z } from 'zod'
import { UntimedItems } from '../../server/savings/measure-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import { ClockButtons } from './case-clock.tsx'
import type { CaseTimer } from './use-case-timer.ts'

type UntimedItem = z.output<typeof UntimedItems>[number]

interface ShadowItemsProps {
  readonly measurement: string
  readonly deployment: string
  readonly timer: CaseTimer
}

/** How often is looked for what the robot did meanwhile. */
const EVERY_MS = 15_000

/** What the robot did in shadow mode and nobody timed yet, each with a clock; one runs at a time. */
export function ShadowItems({ measurement, deployment, timer }: ShadowItemsProps) {
  const { api } = useHospital()
  const list = useRef<HTMLDivElement>(null)
  const items = useAsk(UntimedItems, `${api}/measurements/${measurement}/items`, { every: EVERY_MS })
  // Its row goes once it is kept: the keyboard goes on in the list.
  const kept = () => list.current?.focus()
  const column = useClockColumn({ timer, kept, start: ({ id }) => timer.start(measurement, id) })
  return (
    <Stack gap="sm">
      {timer.error && <Problem error={timer.error} />}
      <Asked of={items}>
        {(found) => (
          <Box ref={list} tabIndex={-1}>
            <ItemTable deployment={deployment} rows={found} clock={column} />
          </Box>
        )}
      </Asked>
    </Stack>
  )
}

interface ClockColumn {
  readonly timer: CaseTimer
  readonly start: (item: UntimedItem) => void
  readonly kept: () => void
}

function useClockColumn({ timer, start, kept }: ClockColumn): Column<UntimedItem> {
  const t = useTexts()
  const { running } = timer
  return {
    ...{ key: 'clock', title: t('savings.shadow.clock') },
    show: (item) => {
      const mine = running?.item === item.id
      return (
        <ClockButtons
          timer={timer}
          mine={mine}
          of={item.reference}
          disabled={running !== null && !mine}
          onStart={() => start(item)}
          onKept={kept}
        />
      )
    },
  }
}

interface ItemTableProps {
  readonly deployment: string
  readonly rows: readonly UntimedItem[]
  readonly clock: Column<UntimedItem>
}

function ItemTable({ deployment, rows, clock }: ItemTableProps) {
  const t = useTexts()
  const { pages } = useHospital()
  const columns: Column<UntimedItem>[] = [
    {
      key: 'reference',
      title: t('savings.shadow.item'),
      show: ({ id, reference }) => <ItemLink to={`${pages}/items/${id}`} reference={reference} />,
    },
    {
      key: 'finished',
      title: t('savings.shadow.finished'),
      show: ({ finishedAt }) => <LocalTime at={finishedAt} />,
    },
    { key: 'robot', title: t('savings.shadow.robot'), show: ({ acts }) => <WouldDo acts={acts} /> },
    clock,
  ]
  const empty = (
    <EmptyState
      title={t('savings.shadow.empty')}
      hint={t('savings.shadow.empty.hint')}
      action={
        <ButtonLink to={`${pages}/deployments/${deployment}`} variant="default">
          {t('savings.shadow.empty.go')}
        </ButtonLink>
      }
    />
  )
  return (
    <DataTable
      caption={t('savings.shadow.caption')}
      captionShown
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
    />
  )
}

/** Beside this page: the clock is at hand when the item is finished. */
function ItemLink({ to, reference }: { readonly to: string; readonly reference: string }) {
  const t = useTexts()
  return (
    <Anchor href={to} target="_blank" rel="noreferrer" aria-label={t('savings.shadow.open', { reference })}>
      {reference}
    </Anchor>
  )
}

function WouldDo({ acts }: Pick<UntimedItem, 'acts'>) {
  const t = useTexts()
  const called = useCalled()
  if (acts.length === 0) return t('savings.shadow.nothing')
  return (
    <Stack gap={2}>
      {acts.map((act, place) => (
        <Text key={place} size="sm">
          {t(act.how === 'shadow' ? 'savings.shadow.would' : 'savings.shadow.there', { act: called(act) })}
        </Text>
      ))}
    </Stack>
  )
}
