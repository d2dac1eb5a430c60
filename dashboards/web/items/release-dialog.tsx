import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

interface ReleaseDialogProps {
  readonly path: string
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Asks before an item goes back to the list, for what was filled in is lost then. */
export function ReleaseDialog({ path, onClose, onDone }: ReleaseDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const release = useChange({ answer: Done, touches: [`${api}/worklist`] })
  return (
    <ConfirmDialog
      opened
      title={t('items.working.release.title')}
      sentence={t('items.working.release.sentence')}
      confirm={t('items.working.release')}
      busy={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate({ path: `${path}/release` }, { onSuccess: onDone })}
      onClose={onClose}
    />
  )
}
