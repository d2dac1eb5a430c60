import { useState } from 'react'
import { Ended, Uncounted, type Chains } from '../../server/savings/measure-schemas.ts'
import type { z } from 'zod'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { UncountedNote, type UncountedRow } from './uncounted-note.tsx'

interface EndChainProps {
  readonly chain: z.output<typeof Chains>[number]
  readonly deployments: readonly MeasuredDeployment[]
  /** A part that has no baseline of its own gets one first. */
  readonly onMeasure: (row: UncountedRow) => void
  readonly onClose: () => void
}

/** Ends a chain; says beforehand which parts will count nothing, and offers each a baseline of its own. */
export function EndChainDialog({ chain, deployments, onMeasure, onClose }: EndChainProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [until, setUntil] = useState(today())
  const path = `${api}/chains/${chain.id}/end`
  const uncounted = useAsk(Uncounted, `${path}?until=${until}`, { when: until !== '' })
  return (
    <EntryDialog
      title={t('savings.chains.end.title', { name: chain.name })}
      answer={Ended}
      method="POST"
      path={path}
      body={{ until }}
      touches={[`${api}/chains`]}
      ready={until !== ''}
      confirm={t('savings.chains.end')}
      onClose={onClose}
    >
      <DayField label={t('savings.chains.end.until')} value={until} onChange={setUntil} />
      {until !== '' && (
        <Asked of={uncounted}>
          {(rows) => <UncountedNote rows={rows} deployments={deployments} onMeasure={onMeasure} />}
        </Asked>
      )}
    </EntryDialog>
  )
}
