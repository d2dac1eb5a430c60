import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

interface RemoveBaselineProps {
  readonly id: number
  readonly onClose: () => void
}

/** Asks before a baseline goes that was entered by mistake. */
export function RemoveBaselineDialog({ id, onClose }: RemoveBaselineProps) {
  const t = useTexts()
  const { api } = useHospital()
  const touches = [`${api}/baselines`, '/api/programme/savings']
  const change = useChange({ answer: Done, method: 'DELETE', touches })
  const removed = () => {
    told(t('savings.baselines.removed'))
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      title={t('savings.baselines.remove.title')}
      sentence={t('savings.baselines.remove.sentence')}
      confirm={t('savings.baselines.remove')}
      color="red"
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path: `${api}/baselines/${id}` }, { onSuccess: removed })}
      onClose={onClose}
    />
  )
}
