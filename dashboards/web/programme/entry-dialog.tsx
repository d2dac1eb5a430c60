import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

interface EntryDialogProps {
  readonly title: string
  readonly answer: z.ZodType
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly body: unknown
  /** What is asked again afterwards. */
  readonly touches: readonly string[]
  /** False while something is missing. */
  readonly ready: boolean
  /** The word on the button, when it is another than that something is written down. */
  readonly confirm?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks for the fields of something that is written down, writes it down, says so and closes. */
export function EntryDialog({
  answer,
  method,
  path,
  body,
  touches,
  children,
  confirm,
  ...dialog
}: EntryDialogProps) {
  const t = useTexts()
  const change = useChange({ answer, method, touches })
  const kept = () => {
    told(t('programme.saved'))
    dialog.onClose()
  }
  return (
    <ConfirmDialog
      {...dialog}
      opened
      confirm={confirm ?? t('programme.save')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path, body }, { onSuccess: kept })}
    >
      <Stack gap="sm">{children}</Stack>
    </ConfirmDialog>
  )
}
