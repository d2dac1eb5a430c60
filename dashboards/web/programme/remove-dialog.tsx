import type { ReactNode } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

interface RemoveDialogProps {
  readonly title: string
  /** What holds afterwards. */
  readonly sentence: string
  /** What is taken away. */
  readonly path: string
  /** What is asked again afterwards. */
  readonly touches: readonly string[]
  /** What will come of it, and whether that is known: before, nothing is taken away. */
  readonly children?: ReactNode
  readonly ready?: boolean
  readonly onClose: () => void
}

/** Asks before something goes that was entered by mistake, takes it away, says so and closes. */
export function RemoveDialog({ path, touches, ...dialog }: RemoveDialogProps) {
  const t = useTexts()
  const change = useChange({ answer: Done, method: 'DELETE', touches })
  const removed = () => {
    told(t('programme.removed'))
    dialog.onClose()
  }
  return (
    <ConfirmDialog
      {...dialog}
      opened
      confirm={t('programme.remove')}
      color="red"
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path }, { onSuccess: removed })}
    />
  )
}
