import { Button } from '@mantine/core'
import { useState } from 'react'
import { DraftSaved } from '../../server/administer/draft-schemas.ts'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useLeaving } from '../shared/use-leaving.ts'
import type { Deployment } from './answers.ts'

type Doing = 'off' | 'shadow' | 'start-again'

/** Turning it down or off, letting it go on, and changing it: the last by way of a draft. */
export function DeploymentActions({ deployment }: { readonly deployment: Deployment }) {
  const t = useTexts()
  const { pages } = useHospital()
  const { id, mode, stoppedAt, hasDraft } = deployment
  const [doing, setDoing] = useState<Doing | undefined>()
  const possible: Doing[] = [
    ...(stoppedAt === null ? [] : ['start-again' as const]),
    ...(mode === 'off' ? [] : ['off' as const]),
    ...(mode === 'live' ? ['shadow' as const] : []),
  ]
  return (
    <>
      {possible.map((what) => (
        <Button key={what} variant="default" onClick={() => setDoing(what)}>
          {t(`administer.do.${what}`)}
        </Button>
      ))}
      {hasDraft ? (
        <ButtonLink to={`${pages}/put-to-work/${id}`}>{t('administer.deployment.draft')}</ButtonLink>
      ) : (
        <ChangeButton deployment={deployment} />
      )}
      {doing && <DoDialog id={id} doing={doing} onClose={() => setDoing(undefined)} />}
    </>
  )
}

interface DoDialogProps {
  readonly id: string
  readonly doing: Doing
  readonly onClose: () => void
}

function DoDialog({ id, doing, onClose }: DoDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const { mutate, isPending, error } = useChange({ answer: Done, touches: [api] })
  const sent =
    doing === 'start-again' ? { path: 'start-again', body: {} } : { path: 'mode', body: { mode: doing } }
  return (
    <ConfirmDialog
      opened
      title={t(`administer.do.${doing}.question`)}
      sentence={t(`administer.do.${doing}.why`)}
      confirm={t(`administer.do.${doing}`)}
      busy={isPending}
      error={error}
      onConfirm={() =>
        mutate({ path: `${api}/deployments/${id}/${sent.path}`, body: sent.body }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  )
}

function ChangeButton({ deployment: { id, plan } }: { readonly deployment: Deployment }) {
  const t = useTexts()
  const leave = useLeaving()
  const { api, pages } = useHospital()
  const { mutate, isPending } = useChange({ answer: DraftSaved, method: 'PUT' })
  const begin = () =>
    mutate(
      { path: `${api}/drafts/${id}`, body: { plan } },
      { onSuccess: () => leave(`${pages}/put-to-work/${id}`) },
    )
  return (
    <Button loading={isPending} onClick={begin}>
      {t('administer.deployment.change')}
    </Button>
  )
}
