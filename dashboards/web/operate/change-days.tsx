import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

const MOST_DAYS = 3650

interface ChangeDaysProps {
  readonly path: string
  /** Asked again afterwards. */
  readonly touches: string
  readonly title: string
  readonly sentence: string
  readonly label: string
  /** As it is; null is for ever. */
  readonly days: number | null
  readonly least: number
  /** Whether an empty field keeps for ever. */
  readonly mayBeEmpty?: boolean
  readonly onClose: () => void
}

/** Asks for how many days something is kept. */
export function ChangeDays(props: ChangeDaysProps) {
  const { path, touches, title, sentence, label, least, mayBeEmpty = false, onClose } = props
  const t = useTexts()
  const [typed, setTyped] = useState(props.days === null ? '' : String(props.days))
  const change = useChange({ answer: Done, method: 'PUT', touches: [touches] })
  const days = typed.trim() === '' ? null : Number(typed)
  const ready = days === null ? mayBeEmpty : Number.isInteger(days) && days >= least && days <= MOST_DAYS
  const confirm = () =>
    change.mutate(
      { path, body: { days } },
      {
        onSuccess: () => {
          told(t('shared.saved'))
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      opened
      title={title}
      sentence={sentence}
      confirm={t('shared.save')}
      busy={change.isPending}
      error={change.error}
      ready={ready}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput
        label={label}
        inputMode="numeric"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
