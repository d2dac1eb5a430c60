import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Worker } from './answers.ts'

/** What is wanted of which worker. */
export interface Steering {
  readonly worker: Worker
  readonly wanted: 'work' | 'drain' | 'stop'
}

/** Asks before a worker is told something. */
export function SteerWorker({
  steering,
  onClose,
}: {
  readonly steering: Steering
  readonly onClose: () => void
}) {
  const t = useTexts()
  const { api } = useHospital()
  const { worker, wanted } = steering
  const change = useChange({ answer: Done, method: 'PUT', touches: [`${api}/workers`] })
  const confirm = () =>
    change.mutate(
      { path: `${api}/workers/${worker.id}`, body: { wanted } },
      {
        onSuccess: () => {
          told(t('operate.worker.told'))
          onClose()
        },
      },
    )
  const title =
    wanted === 'work'
      ? t('operate.worker.work')
      : t(`operate.worker.${wanted}.question`, { host: worker.host })
  return (
    <ConfirmDialog
      opened
      title={title}
      {...(wanted === 'work' ? {} : { sentence: t(`operate.worker.${wanted}.means`) })}
      confirm={t(`operate.worker.${wanted}`)}
      busy={change.isPending}
      error={change.error}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
