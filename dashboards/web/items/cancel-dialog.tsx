import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Handled } from '../../server/items/worklist-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

interface CancelDialogProps {
  readonly path: string
  readonly onClose: () => void
  readonly onHandled: (handled: z.output<typeof Handled>) => void
}

/** Asks why an item is not wanted any more. */
export function CancelDialog({ path, onClose, onHandled }: CancelDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [reason, setReason] = useState('')
  const cancel = useChange({ answer: Handled, touches: [`${api}/worklist`, `${api}/items`, `${api}/today`] })
  return (
    <ConfirmDialog
      opened
      title={t('items.working.cancel.title')}
      sentence={t('items.working.cancel.sentence')}
      confirm={t('items.working.cancel')}
      color="red"
      busy={cancel.isPending}
      error={cancel.error}
      ready={reason.trim() !== ''}
      onConfirm={() => cancel.mutate({ path: `${path}/cancel`, body: { reason } }, { onSuccess: onHandled })}
      onClose={onClose}
    >
      <TextInput
        label={t('items.bulk.reason')}
        description={t('items.bulk.reason.hint')}
        data-autofocus
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
