import { useState } from 'react'
import { Made } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { BaselineChoices, NOT_CHOSEN } from './baseline-choices.tsx'
import { firstOf, VariantFields } from './deployment-fields.tsx'
import { isMeasured, measuredBody, MeasuredFields, newMeasured } from './measured-fields.tsx'

/** A baseline that is missing: of what, and from which local day on. */
export interface WantedBaseline {
  readonly deployment: string
  readonly variant: string
  readonly from: string
}

interface BaselineDialogProps {
  readonly deployments: readonly MeasuredDeployment[]
  /** What it is wanted for, where that is known. */
  readonly wanted?: WantedBaseline | undefined
  readonly onClose: () => void
}

/** Adds a baseline that was measured elsewhere, or estimated; the stopwatch has a page of its own. */
export function BaselineDialog({ deployments, wanted, onClose }: BaselineDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [of, setOf] = useState(
    wanted ? { deployment: wanted.deployment, variant: wanted.variant } : firstOf(deployments),
  )
  const [measured, setMeasured] = useState({ ...newMeasured(), ...(wanted && { validFrom: wanted.from }) })
  const [choices, setChoices] = useState(NOT_CHOSEN)
  return (
    <EntryDialog
      title={t('savings.baselines.add')}
      answer={Made}
      method="POST"
      path={`${api}/baselines`}
      body={{ ...of, ...measuredBody(measured), ...choices }}
      touches={[`${api}/baselines`, `${api}/chains`]}
      ready={of.variant.trim() !== '' && isMeasured(measured)}
      onClose={onClose}
    >
      <VariantFields deployments={deployments} {...of} onChange={setOf} />
      <MeasuredFields
        draft={measured}
        onChange={(changed) => setMeasured((before) => ({ ...before, ...changed }))}
      />
      <BaselineChoices choices={choices} onChange={setChoices} />
    </EntryDialog>
  )
}
