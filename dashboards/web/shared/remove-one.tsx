import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { useChange } from './use-ask.ts'
import { useLeaving } from './use-leaving.ts'

interface RemoveOneProps {
  /** What is removed, as the API knows it. */
  readonly path: string
  /** The page of what is left. */
  readonly to: string
  /** What the button says: `Systeem weghalen`. */
  readonly verb: string
  readonly question: string
  readonly sentence: string
}

/** Takes away what a page shows, after asking, and goes on to the list of what is left. */
export function RemoveOne({ path, to, verb, question, sentence }: RemoveOneProps) {
  const leave = useLeaving()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'DELETE' })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {verb}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={question}
        sentence={sentence}
        confirm={verb}
        color="red"
        busy={isPending}
        error={error}
        onConfirm={() => mutate({ path, body: {} }, { onSuccess: () => leave(to) })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
