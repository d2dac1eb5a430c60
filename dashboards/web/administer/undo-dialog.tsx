import { Undone } from '../../server/administer/change-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { ChangeRow } from './answers.ts'
import { Differences } from './change-history.tsx'
import { useChangeTelling } from './change-words.ts'

interface UndoDialogProps {
  readonly change: ChangeRow
  readonly onClose: () => void
}

/** Shows what putting back would change, and does it. */
export function UndoDialog({ change, onClose }: UndoDialogProps) {
  const t = useTexts()
  const { subject } = useChangeTelling(change)
  const { api } = useHospital()
  const { mutate, isPending, error } = useChange({ answer: Undone, touches: [api] })
  const back = change.differences.map(({ path, before, after }) => ({ path, before: after, after: before }))
  const undo = () =>
    mutate(
      { path: `${api}/changes/${change.id}/undo`, body: {} },
      {
        onSuccess: ({ result }) => {
          told(t(result === 'asked' ? 'administer.undo.asked' : 'administer.undo.done'))
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      opened
      title={t('administer.undo.of', { subject })}
      sentence={t('administer.undo.why')}
      confirm={t('administer.undo')}
      busy={isPending}
      error={error}
      onConfirm={undo}
      onClose={onClose}
    >
      <Differences change={{ ...change, differences: back }} />
    </ConfirmDialog>
  )
}
