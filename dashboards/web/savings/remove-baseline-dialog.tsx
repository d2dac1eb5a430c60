import { Uncounted } from '../../server/savings/measure-schemas.ts'
import { RemoveDialog } from '../programme/remove-dialog.tsx'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'
import { UncountedNote } from './uncounted-note.tsx'

interface RemoveBaselineProps {
  readonly baseline: BaselinesFound['baselines'][number]
  readonly deployments: BaselinesFound['deployments']
  readonly onClose: () => void
}

/** Takes a baseline away that nothing was counted with; says beforehand what will count nothing. */
export function RemoveBaselineDialog({ baseline, deployments, onClose }: RemoveBaselineProps) {
  const t = useTexts()
  const { api } = useHospital()
  const path = `${api}/baselines/${baseline.id}`
  const uncounted = useAsk(Uncounted, `${path}/remove`)
  return (
    <RemoveDialog
      title={t('savings.baselines.remove.title')}
      sentence={t('savings.baselines.remove.sentence')}
      path={path}
      touches={[`${api}/baselines`, '/api/programme/savings']}
      ready={uncounted.data !== undefined}
      onClose={onClose}
    >
      <Asked of={uncounted}>{(rows) => <UncountedNote rows={rows} deployments={deployments} />}</Asked>
    </RemoveDialog>
  )
}
