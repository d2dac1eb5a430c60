import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

interface LetPassDialogProps {
  readonly item: string
  readonly onClose: () => void
}

/** Asks before later items of the same patients go on without this one. */
export function LetPassDialog({ item, onClose }: LetPassDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const letPass = useChange({ answer: Done, touches: [`${api}/worklist`] })
  const done = () => {
    told(t('items.work.letpass.did'))
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      title={t('items.work.letpass.title')}
      sentence={t('items.work.letpass.sentence')}
      confirm={t('items.work.letpass')}
      busy={letPass.isPending}
      error={letPass.error}
      onConfirm={() => letPass.mutate({ path: `${api}/worklist/${item}/let-pass` }, { onSuccess: done })}
      onClose={onClose}
    />
  )
}
