import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { Made } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { firstOf, VariantFields } from './deployment-fields.tsx'
import { isMeasured, measuredBody, MeasuredFields, newMeasured } from './measured-fields.tsx'

interface BaselineDialogProps {
  readonly deployments: readonly MeasuredDeployment[]
  readonly onClose: () => void
}

/** Adds a baseline that was measured elsewhere, or estimated; the stopwatch has a page of its own. */
export function BaselineDialog({ deployments, onClose }: BaselineDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [of, setOf] = useState(firstOf(deployments))
  const [measured, setMeasured] = useState(newMeasured())
  const [leavingGap, setLeavingGap] = useState(false)
  return (
    <EntryDialog
      title={t('savings.baselines.add')}
      answer={Made}
      method="POST"
      path={`${api}/baselines`}
      body={{ ...of, ...measuredBody(measured), leavingGap }}
      touches={[`${api}/baselines`]}
      ready={of.variant.trim() !== '' && isMeasured(measured)}
      onClose={onClose}
    >
      <VariantFields deployments={deployments} {...of} onChange={setOf} />
      <MeasuredFields
        draft={measured}
        onChange={(changed) => setMeasured((before) => ({ ...before, ...changed }))}
      />
      <Checkbox
        label={t('savings.baselines.gap')}
        checked={leavingGap}
        onChange={(event) => setLeavingGap(event.currentTarget.checked)}
      />
    </EntryDialog>
  )
}
