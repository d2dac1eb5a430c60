import { Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { OneOffRuns } from '../../server/savings/measure-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useMay } from './use-may.ts'

type Run = z.output<typeof OneOffRuns>[number]

/** Runs that clear a backlog: marked before anything of them counts, their items count apart. */
export function OneOffRunsCard() {
  const t = useTexts()
  const { api } = useHospital()
  const runs = useAsk(OneOffRuns, `${api}/one-off-runs`)
  const [marking, setMarking] = useState<Run>()
  const columns = useColumns(useMay('administrator') ? setMarking : undefined)
  return (
    <Card title={t('savings.oneoff.runs')}>
      <Asked of={runs}>
        {(found) => (
          <DataTable
            caption={t('savings.oneoff.runs.caption')}
            columns={columns}
            rows={found}
            rowKey={({ run }) => run}
            empty={<EmptyState title={t('savings.oneoff.runs.empty')} hint={t('savings.oneoff.runs.hint')} />}
          />
        )}
      </Asked>
      {marking && <MarkDialog of={marking} onClose={() => setMarking(undefined)} />}
    </Card>
  )
}

function useColumns(mark: ((of: Run) => void) | undefined): Column<Run>[] {
  const t = useTexts()
  const word = t('savings.oneoff.runs.mark')
  const shown = (of: Run) =>
    of.marked ? (
      <StateBadge tone="good" text={t('savings.oneoff.runs.marked')} />
    ) : (
      mark && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${word}: ${of.deployment}`}
          onClick={() => mark(of)}
        >
          {word}
        </Button>
      )
    )
  return [
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    { key: 'kind', title: t('savings.oneoff.runs.kind'), show: ({ kind }) => t(`items.run.${kind}`) },
    { key: 'at', title: t('savings.oneoff.runs.at'), show: ({ firedAt }) => <LocalTime at={firedAt} /> },
    { key: 'items', title: t('savings.items'), show: ({ items }) => items, align: 'end' },
    { key: 'mark', title: t('savings.oneoff.runs.backlog'), show: shown },
  ]
}

interface MarkDialogProps {
  readonly of: Run
  readonly onClose: () => void
}

function MarkDialog({ of: { run, deployment }, onClose }: MarkDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const touches = [`${api}/one-off-runs`, '/api/programme/savings']
  const change = useChange({ answer: Done, touches })
  const marked = () => {
    told(t('savings.oneoff.runs.done'))
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      title={t('savings.oneoff.runs.question', { deployment })}
      sentence={t('savings.oneoff.runs.means')}
      confirm={t('savings.oneoff.runs.mark')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path: `${api}/runs/${run}/one-off` }, { onSuccess: marked })}
      onClose={onClose}
    />
  )
}
