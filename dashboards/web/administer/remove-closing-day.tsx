import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import { longDay } from './long-day.ts'

/** Takes a closing day away, after asking. */
export function RemoveClosingDay({ day }: { readonly day: string }) {
  const t = useTexts()
  const { api } = useHospital()
  const named = { day: longDay(day, useLanguage()) }
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'DELETE', touches: [api] })
  const close = () => setAsking(false)
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={t('administer.calendar.remove.of', named)}
        onClick={() => setAsking(true)}
      >
        {t('administer.calendar.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('administer.calendar.remove.of', named)}
        sentence={t('administer.calendar.remove.why')}
        confirm={t('administer.calendar.remove')}
        busy={isPending}
        error={error}
        onConfirm={() => mutate({ path: `${api}/closing-days/${day}`, body: {} }, { onSuccess: close })}
        onClose={close}
      />
    </>
  )
}
