import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Handled } from '../../server/items/worklist-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Opened } from './answers.ts'
import { StandsChoice, type StandsChoiceProps } from './looked-choice.tsx'

interface CancelDialogProps {
  readonly item: Opened
  readonly path: string
  /** One does it by hand instead; left out when one does already. */
  readonly onByHand: (() => void) | undefined
  readonly onClose: () => void
  readonly onHandled: (handled: z.output<typeof Handled>) => void
}

/** Asks why an item is not wanted any more, and of an unsure press whether it stands there: what does is not cancelled. */
export function CancelDialog({ item, path, onByHand, onClose, onHandled }: CancelDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [reason, setReason] = useState('')
  const [stands, setStands] = useState<boolean>()
  const unsure = item.acts.find(({ state }) => state === 'armed')
  const cancel = useChange({ answer: Handled, touches: [`${api}/worklist`, `${api}/items`, `${api}/today`] })
  const body = { reason, ...(unsure && { looked: { stands } }) }
  return (
    <ConfirmDialog
      opened
      title={t('items.working.cancel.title')}
      sentence={t('items.working.cancel.sentence')}
      confirm={t('items.working.cancel')}
      color="red"
      busy={cancel.isPending}
      error={cancel.error}
      ready={reason.trim() !== '' && (!unsure || stands === false)}
      onConfirm={() => cancel.mutate({ path: `${path}/cancel`, body }, { onSuccess: onHandled })}
      onClose={onClose}
    >
      <Stack gap="md">
        {unsure && (
          <WhetherItStands
            act={unsure.name}
            marker={item.marker}
            stands={stands}
            onChange={setStands}
            onByHand={onByHand}
          />
        )}
        <Reason reason={reason} onChange={setReason} />
      </Stack>
    </ConfirmDialog>
  )
}

interface WhetherItStandsProps extends Omit<StandsChoiceProps, 'no'>, Pick<CancelDialogProps, 'onByHand'> {}

/** What happened is not cancelled: that answer leads to writing down that it is done. */
function WhetherItStands({ onByHand, ...choice }: WhetherItStandsProps) {
  const t = useTexts()
  return (
    <>
      <StandsChoice {...choice} no={t('items.working.cancel.looked.no')} />
      <Stack gap="xs" role="status">
        {choice.stands === true && <Text>{t('items.working.cancel.stands')}</Text>}
        {choice.stands === true && onByHand && (
          <Button variant="default" w="fit-content" onClick={onByHand}>
            {t('items.working.byhand')}
          </Button>
        )}
      </Stack>
    </>
  )
}

interface ReasonProps {
  readonly reason: string
  readonly onChange: (reason: string) => void
}

function Reason({ reason, onChange }: ReasonProps) {
  const t = useTexts()
  return (
    <TextInput
      label={t('items.bulk.reason')}
      description={t('items.bulk.reason.hint')}
      data-autofocus
      required
      maxLength={500}
      value={reason}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
