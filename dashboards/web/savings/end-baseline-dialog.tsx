import { Button } from '@mantine/core'
import { useState } from 'react'
import { Ended, Uncounted } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'
import { UncountedNote } from './uncounted-note.tsx'

interface EndBaselineProps {
  readonly baseline: BaselinesFound['baselines'][number]
  readonly deployments: BaselinesFound['deployments']
  /** Instead of ending it: another one from that day on. */
  readonly onReplace: (from: string) => void
  readonly onClose: () => void
}

/** Ends a baseline; says beforehand what will count nothing, and offers a new one in its place. */
export function EndBaselineDialog({ baseline, deployments, onReplace, onClose }: EndBaselineProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [until, setUntil] = useState(today())
  const path = `${api}/baselines/${baseline.id}/end`
  const uncounted = useAsk(Uncounted, `${path}?until=${until}`, { when: until !== '' })
  return (
    <EntryDialog
      title={t('savings.baselines.end.title')}
      answer={Ended}
      method="POST"
      path={path}
      body={{ until }}
      touches={[`${api}/baselines`]}
      ready={until !== ''}
      confirm={t('savings.baselines.end')}
      onClose={onClose}
    >
      <DayField label={t('savings.baselines.end.until')} value={until} onChange={setUntil} />
      {until !== '' && (
        <Asked of={uncounted}>
          {(rows) => (
            <>
              <UncountedNote rows={rows} deployments={deployments} />
              {rows.length > 0 && (
                <Button variant="default" onClick={() => onReplace(until)}>
                  {t('savings.uncounted.replace')}
                </Button>
              )}
            </>
          )}
        </Asked>
      )}
    </EntryDialog>
  )
}
