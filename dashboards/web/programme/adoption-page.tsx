import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { AdoptionMatrix } from '../../server/programme/adoption-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type Matrix, type MatrixBot, type MatrixCell } from './bot-title.ts'
import { PhaseBadge } from './phase-badge.tsx'
import { PhaseDialog } from './phase-dialog.tsx'
import { PhaseHistory } from './phase-history.tsx'
import { useDay } from './use-day.ts'
import { usePlaces } from './use-places.ts'

/** Robots by hospitals: the phase, and what does not fit with what is deployed. */
export default function AdoptionPage() {
  const t = useTexts()
  const { own } = usePlaces()
  const matrix = useAsk(AdoptionMatrix, '/api/programme/adoption')
  const [recording, setRecording] = useState(false)
  const record = (
    <Button onClick={() => setRecording(true)} disabled={matrix.data === undefined}>
      {t('programme.adoption.record')}
    </Button>
  )
  return (
    <PageFrame
      title={t('programme.adoption.title')}
      lead={t('programme.adoption.lead')}
      actions={own.length > 0 ? record : undefined}
    >
      <Asked of={matrix}>
        {(found) => (
          <Stack gap="lg">
            <Card>
              <AdoptionTable matrix={found} />
            </Card>
            <Card title={t('programme.adoption.history')}>
              <PhaseHistory matrix={found} />
            </Card>
            {recording && <PhaseDialog bots={found.bots} onClose={() => setRecording(false)} />}
          </Stack>
        )}
      </Asked>
    </PageFrame>
  )
}

function AdoptionTable({ matrix }: { readonly matrix: Matrix }) {
  const t = useTexts()
  const botTitle = useBotTitle()
  const columns: Column<MatrixBot>[] = [
    { key: 'bot', title: t('programme.bot'), show: (bot) => botTitle(bot), sortBy: (bot) => botTitle(bot) },
    ...matrix.hospitals.map(({ id, name }) => ({
      key: id,
      title: name,
      show: (bot: MatrixBot) => (
        <Standing cell={matrix.adoption.find((cell) => cell.hospital === id && cell.bot === bot.name)} />
      ),
    })),
  ]
  return (
    <DataTable
      caption={t('programme.adoption.caption')}
      columns={columns}
      rows={matrix.bots}
      rowKey={({ name }) => name}
    />
  )
}

function Standing({ cell }: { readonly cell: MatrixCell | undefined }) {
  const t = useTexts()
  const day = useDay()
  const last = cell?.phases.at(-1)
  const note = cell && mismatch(cell)
  return (
    <Stack gap={4} align="flex-start">
      {last ? (
        <Group gap="xs">
          <PhaseBadge phase={last.phase} />
          <Text size="sm" c="dimmed">
            {t('programme.adoption.sincedate', { day: day(last.since) })}
          </Text>
        </Group>
      ) : (
        <Text c="dimmed">{t('programme.adoption.none')}</Text>
      )}
      {note && (
        <Alert color="yellow" variant="light" p="xs">
          {t(note)}
        </Alert>
      )}
    </Stack>
  )
}

/** What is written down and what is deployed should tell the same. */
function mismatch({ phases, deployed }: MatrixCell) {
  const phase = phases.at(-1)?.phase
  const inUse = phase === 'live' || phase === 'scaled-up'
  if (inUse && deployed !== 'live') return 'programme.adoption.notlive' as const
  if (!inUse && deployed === 'live') return 'programme.adoption.livetoo' as const
  return undefined
}
