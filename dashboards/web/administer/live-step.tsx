import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { PutToWorkAnswer } from '../../server/administer/draft-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useMe } from '../shared/me.ts'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useLeaving } from '../shared/use-leaving.ts'
import type { StepProps } from './editing.ts'
import { PlanSummary } from './plan-summary.tsx'
import { ProblemList } from './problem-list.tsx'

type Mode = 'shadow' | 'live'

/** The whole plan once more, and putting it to work in shadow or live. */
export function LiveStep({ draft, hand }: StepProps) {
  const t = useTexts()
  const { account } = useMe()
  const [asking, setAsking] = useState<Mode | undefined>()
  const { askedBy, fourEyes, mode } = draft
  const ready = hand.problems.length === 0
  const mine = askedBy === account
  return (
    <Stack gap="lg">
      <ProblemList hand={hand} />
      {askedBy !== null && <Asked account={askedBy} mine={mine} />}
      {askedBy === null && fourEyes && <Text>{t('administer.live.foureyes')}</Text>}
      <PlanSummary plan={hand.plan} />
      <Group gap="sm">
        {mode !== 'live' && (
          <Button variant="default" disabled={!ready} onClick={() => setAsking('shadow')}>
            {t('administer.live.shadow')}
          </Button>
        )}
        <Button disabled={!ready || mine} onClick={() => setAsking('live')}>
          {t(askedBy !== null && !mine ? 'administer.live.approve' : 'administer.live.live')}
        </Button>
      </Group>
      {asking && <GoDialog draft={draft} mode={asking} onClose={() => setAsking(undefined)} />}
    </Stack>
  )
}

function Asked({ account, mine }: { readonly account: string; readonly mine: boolean }) {
  const t = useTexts()
  return (
    <Alert color="blue" variant="light" title={t('administer.live.asked', { account })}>
      {t(mine ? 'administer.live.asked.mine' : 'administer.live.asked.other')}
    </Alert>
  )
}

interface GoDialogProps {
  readonly draft: StepProps['draft']
  readonly mode: Mode
  readonly onClose: () => void
}

function GoDialog({ draft: { deployment }, mode, onClose }: GoDialogProps) {
  const t = useTexts()
  const leave = useLeaving()
  const { api, pages } = useHospital()
  const { mutate, isPending, error } = useChange({ answer: PutToWorkAnswer })
  const go = () =>
    mutate(
      { path: `${api}/drafts/${deployment}/put-to-work`, body: { mode } },
      {
        onSuccess: ({ result }) => {
          told(t(result === 'asked' ? 'administer.live.isasked' : `administer.live.done.${mode}`))
          const to = result === 'asked' ? `${pages}/deployments` : `${pages}/deployments/${deployment}`
          leave(to)
        },
      },
    )
  return (
    <ConfirmDialog
      opened
      title={t(`administer.live.${mode}.question`)}
      sentence={t(`administer.live.${mode}.why`)}
      confirm={t(`administer.live.${mode}`)}
      busy={isPending}
      error={error}
      onConfirm={go}
      onClose={onClose}
    />
  )
}
