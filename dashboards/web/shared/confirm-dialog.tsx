import { Button, Group, Stack, Text, type MantineColor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Problem } from './asked.tsx'
import { Dialog } from './dialog.tsx'
import { useTexts } from './use-texts.ts'

interface ConfirmDialogProps {
  readonly opened: boolean
  /** The question: `3 werkitems opnieuw proberen?` */
  readonly title: string
  /** What it means, in a sentence. */
  readonly sentence?: string
  /** A preview of what will happen, or the fields that it still needs. */
  readonly children?: ReactNode
  /** What the button says: the same verb as the question. */
  readonly confirm: string
  /** `red` for what cannot be taken back. */
  readonly color?: MantineColor
  readonly busy?: boolean
  /** Of the change that it made; the dialog stays open then. */
  readonly error?: Error | null
  /** False while something in it is missing. */
  readonly ready?: boolean
  /** True once it has happened and the dialog shows what came of it: there is only closing left. */
  readonly done?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something happens, and shows what that will be. The focus goes in and comes back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, sentence, children, error } = props
  if (!opened) return null
  return (
    <Dialog onClose={props.onClose} title={title}>
      <Stack gap="md">
        {sentence !== undefined && <Text>{sentence}</Text>}
        {children}
        {error && <Problem error={error} />}
        <Buttons {...props} />
      </Stack>
    </Dialog>
  )
}

function Buttons({
  confirm,
  color,
  busy = false,
  ready = true,
  done = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const t = useTexts()
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onClose}>
        {t(done ? 'shared.close' : 'shared.cancel')}
      </Button>
      {!done && (
        <Button
          {...(color === undefined ? {} : { color })}
          loading={busy}
          disabled={!ready}
          onClick={onConfirm}
        >
          {confirm}
        </Button>
      )}
    </Group>
  )
}
