import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Replayed } from '../../server/operate/message-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

export type Handling = 'replay' | 'skip'

interface HandleMessageProps {
  readonly id: string
  readonly handling: Handling
  readonly onClose: () => void
}

/** Asks before a message is routed once more or skipped. */
export function HandleMessage({ id, handling, onClose }: HandleMessageProps) {
  const t = useTexts()
  const [reason, setReason] = useState('')
  const { confirm, busy, error } = useHandling(id, handling, reason, onClose)
  return (
    <ConfirmDialog
      opened
      title={t(`operate.message.${handling}.question`)}
      sentence={t(`operate.message.${handling}.means`)}
      confirm={t(`operate.message.${handling}`)}
      busy={busy}
      error={error}
      ready={handling === 'replay' || reason.trim() !== ''}
      onConfirm={confirm}
      onClose={onClose}
    >
      {handling === 'skip' && (
        <Textarea
          label={t('operate.message.skip.reason')}
          data-autofocus
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </ConfirmDialog>
  )
}

function useHandling(id: string, handling: Handling, reason: string, onClose: () => void) {
  const t = useTexts()
  const { api } = useHospital()
  const touches = [`${api}/messages`, `${api}/channels`]
  const change = useChange({ answer: z.union([Replayed, Done]), touches })
  const sent =
    handling === 'replay'
      ? { path: `${api}/messages/replay`, body: { messages: [id] } }
      : { path: `${api}/messages/${id}/skip`, body: { reason } }
  const onSuccess = (answer: z.output<typeof Replayed> | z.output<typeof Done>) => {
    if ('again' in answer) told(t(answer.again > 0 ? 'operate.message.replayed' : 'operate.message.waited'))
    else told(t('operate.message.skipped'))
    onClose()
  }
  const confirm = () => change.mutate(sent, { onSuccess })
  return { confirm, busy: change.isPending, error: change.error }
}
