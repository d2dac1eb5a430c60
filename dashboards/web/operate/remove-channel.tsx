import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useLeaving } from '../administer/use-leaving.ts'

/** Takes a channel away over which nothing came in, after asking. */
export function RemoveChannel({ id }: { readonly id: string }) {
  const t = useTexts()
  const leave = useLeaving()
  const { api, pages } = useHospital()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'DELETE' })
  const remove = () =>
    mutate({ path: `${api}/channels/${id}`, body: {} }, { onSuccess: () => leave(`${pages}/channels`) })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('operate.channel.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('operate.channel.remove.question', { channel: id })}
        sentence={t('operate.channel.remove.why')}
        confirm={t('operate.channel.remove')}
        color="red"
        busy={isPending}
        error={error}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
