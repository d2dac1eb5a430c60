import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useLeaving } from './use-leaving.ts'

/** Takes a system away that nothing uses, after asking. */
export function RemoveSystem({ id }: { readonly id: string }) {
  const t = useTexts()
  const leave = useLeaving()
  const { api, pages } = useHospital()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'DELETE' })
  const remove = () =>
    mutate({ path: `${api}/systems/${id}`, body: {} }, { onSuccess: () => leave(`${pages}/systems`) })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('administer.system.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('administer.system.remove.question', { system: id })}
        sentence={t('administer.system.remove.why')}
        confirm={t('administer.system.remove')}
        color="red"
        busy={isPending}
        error={error}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
