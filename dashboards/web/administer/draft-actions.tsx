import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useLeaving } from '../shared/use-leaving.ts'
import type { Draft } from './answers.ts'

/** Throws a draft away, after asking. */
export function DraftActions({ draft: { deployment } }: { readonly draft: Draft }) {
  const t = useTexts()
  const leave = useLeaving()
  const { api, pages } = useHospital()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'DELETE' })
  const away = () => leave(`${pages}/deployments`)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('administer.work.discard')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('administer.work.discard.question')}
        sentence={t('administer.work.discard.why')}
        confirm={t('administer.work.discard')}
        color="red"
        busy={isPending}
        error={error}
        onConfirm={() => mutate({ path: `${api}/drafts/${deployment}`, body: {} }, { onSuccess: away })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
