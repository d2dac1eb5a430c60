import { Button, List, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { AdoptionMatrix } from '../../server/programme/adoption-schemas.ts'
import { Potentials } from '../../server/savings/potential-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { BusinessCaseDialog } from './business-case-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { ToReport } from './to-report.tsx'
import { nameOf, usePlaces } from './use-places.ts'

type Potential = z.output<typeof Potentials>[number]

/** Where a robot that is proven elsewhere would give most next. Potential only: no other layer stands here. */
export default function NextPage() {
  const t = useTexts()
  const { own } = usePlaces()
  const potentials = useAsk(Potentials, '/api/programme/potential')
  const matrix = useAsk(AdoptionMatrix, '/api/programme/adoption')
  const [entering, setEntering] = useState(false)
  const enter = (
    <Button onClick={() => setEntering(true)} disabled={matrix.data === undefined}>
      {t('programme.next.enter')}
    </Button>
  )
  return (
    <PageFrame
      title={t('programme.next.title')}
      lead={t('programme.next.lead')}
      actions={own.length > 0 && enter}
    >
      <Asked of={matrix}>
        {({ bots }) => (
          <>
            <Asked of={potentials}>{(found) => <Ranked potentials={found} bots={bots} />}</Asked>
            {entering && <BusinessCaseDialog bots={bots} onClose={() => setEntering(false)} />}
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

interface RankedProps {
  readonly potentials: readonly Potential[]
  readonly bots: readonly MatrixBot[]
}

/** What is not in use yet is ranked where its hospital counted its own volume: the mean of others tells none from another; a business case of what is in use has become net hours, which stand elsewhere. */
function Ranked({ potentials, bots }: RankedProps) {
  const t = useTexts()
  const [removing, setRemoving] = useState<Potential>()
  const { own } = usePlaces()
  const remove = useRemoval(bots, setRemoving)
  const columns = [...useColumns(bots), ...(own.length > 0 ? [remove] : [])]
  const next = potentials.filter(({ adopted }) => !adopted)
  const ranked = next.filter(({ volumeFrom }) => volumeFrom === 'business-case')
  const unranked = next.filter(({ volumeFrom }) => volumeFrom === 'measured')
  const running = potentials.filter(({ adopted }) => adopted)
  return (
    <Stack gap="lg">
      {(ranked.length > 0 || unranked.length === 0) && (
        <Card>
          <DataTable
            caption={t('programme.next.caption')}
            columns={columns}
            rows={ranked}
            rowKey={keyOf}
            empty={<EmptyState title={t('programme.next.empty')} hint={t('programme.next.empty.hint')} />}
          />
        </Card>
      )}
      <Apart of="unranked" rows={unranked} columns={columns} />
      <Notes />
      <Apart of="running" rows={running} columns={columns} />
      {removing && <RemoveCase potential={removing} onClose={() => setRemoving(undefined)} />}
    </Stack>
  )
}

/** The norm that always stands beside a hospital's own. */
const CONTRACT_HOURS = 1878

const keyOf = ({ hospital, bot }: Potential): string => `${hospital} ${bot}`

interface ApartProps {
  readonly of: 'unranked' | 'running'
  readonly rows: readonly Potential[]
  readonly columns: readonly Column<Potential>[]
}

/** What stands outside the ranking, and why. */
function Apart({ of, rows, columns }: ApartProps) {
  const t = useTexts()
  if (rows.length === 0) return null
  const title = t(`programme.next.${of}`)
  return (
    <Card title={title}>
      <Text size="sm">{t(`programme.next.${of}.lead`)}</Text>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={keyOf} />
    </Card>
  )
}

/** Takes away a business case that was entered by mistake, at a hospital of one's own. */
function useRemoval(bots: readonly MatrixBot[], remove: (potential: Potential) => void): Column<Potential> {
  const t = useTexts()
  const { all, own } = usePlaces()
  const titleOf = useTitleOf(bots)
  const word = t('programme.remove')
  return {
    ...{ key: 'remove', title: word },
    show: (row) =>
      row.businessCase !== null &&
      own.some(({ id }) => id === row.hospital) && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${word}: ${nameOf(all, row.hospital)} ${titleOf(row.bot)}`}
          onClick={() => remove(row)}
        >
          {word}
        </Button>
      ),
  }
}

interface RemoveCaseProps {
  readonly potential: Potential
  readonly onClose: () => void
}

function RemoveCase({ potential: { hospital, businessCase }, onClose }: RemoveCaseProps) {
  const t = useTexts()
  return (
    <RemoveDialog
      title={t('programme.next.remove.title')}
      sentence={t('programme.next.remove.sentence')}
      path={`/api/hospitals/${hospital}/business-cases/${businessCase}`}
      touches={['/api/programme/potential']}
      onClose={onClose}
    />
  )
}

function useTitleOf(bots: readonly MatrixBot[]): (name: string) => string {
  const botTitle = useBotTitle()
  return (name) => botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null })
}

const NOTES = ['layer', 'measured', 'small', 'follow', 'rounded'] as const

function Notes() {
  const t = useTexts()
  return (
    <List size="sm" spacing={4}>
      {NOTES.map((note) => (
        <List.Item key={note}>{t(`programme.next.note.${note}`)}</List.Item>
      ))}
    </List>
  )
}

function useColumns(bots: readonly MatrixBot[]): Column<Potential>[] {
  const t = useTexts()
  const { all } = usePlaces()
  const { number } = useNumbers()
  const titleOf = useTitleOf(bots)
  const figure = (
    key: string,
    title: string,
    decimals: number,
    of: (row: Potential) => number,
  ): Column<Potential> => ({
    ...{ key, title, align: 'end', sortBy: of },
    show: (row) => number(of(row), decimals),
  })
  const measured = useMeasured()
  const fromOf = useFrom()
  const atNorm = (fte: number, hours: number) =>
    t('programme.next.fte.norm', { fte: number(fte, 2), hours: number(hours) })
  return [
    { key: 'hospital', title: t('programme.hospital'), show: ({ hospital }) => nameOf(all, hospital) },
    { key: 'bot', title: t('programme.bot'), show: ({ bot }) => titleOf(bot) },
    figure('hours', t('programme.next.hours'), 0, ({ hoursPerYear }) => hoursPerYear),
    {
      ...figure('fte', t('programme.next.fte'), 2, ({ fte }) => fte),
      show: ({ fte, norm, contractFte }) => (
        <>
          {atNorm(fte, norm.hoursPerYear)}
          <br />
          {atNorm(contractFte, CONTRACT_HOURS)}
        </>
      ),
    },
    measured('items', t('programme.next.items'), 0, ({ itemsPerYear: value, volumeFrom: from }) => ({
      ...{ value, from },
    })),
    measured('minutes', t('programme.next.minutes'), 2, ({ minutes: value, from }) => ({ value, from })),
    { key: 'from', title: t('programme.next.from'), show: fromOf },
    figure('proven', t('programme.next.proven'), 0, ({ provenAt }) => provenAt.hospitals),
  ]
}

/** A figure that leads to the report it was measured in, or that somebody wrote down. */
function useMeasured() {
  const { number } = useNumbers()
  return (
    key: string,
    title: string,
    decimals: number,
    of: (row: Potential) => { readonly value: number; readonly from: Potential['from'] },
  ): Column<Potential> => ({
    ...{ key, title, align: 'end', sortBy: (row) => of(row).value },
    show: (row) => {
      const { value, from } = of(row)
      const shown = number(value, decimals)
      return from === 'measured' ? <ToReport shown={shown} what={title} {...row.measuredOver} /> : shown
    },
  })
}

/** Where the volume and the minutes come from, in words. */
function useFrom(): (row: Potential) => string {
  const t = useTexts()
  const { number } = useNumbers()
  return ({ from, volumeFrom, briefDays, source, measuredAt, provenAt }) => {
    const elsewhere = t('programme.next.from.elsewhere', { count: provenAt.hospitals })
    if (briefDays !== null) return t('programme.next.from.brief', { from: elsewhere, count: briefDays })
    if (volumeFrom === 'measured') return elsewhere
    if (from === 'measured')
      return t('programme.next.from.volume', {
        source,
        count: measuredAt.hospitals,
        items: number(measuredAt.items),
      })
    return t('programme.next.from.case', { source })
  }
}
