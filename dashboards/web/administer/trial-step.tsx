import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { Trial, type TryDraft } from '../../server/administer/draft-schemas.ts'
import { Done } from '../../server/door/account-schemas.ts'
import type { AskError } from '../shared/ask.ts'
import { Problem } from '../shared/asked.tsx'
import { GeneratedForm } from '../shared/generated-form.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { StepProps } from './editing.ts'
import { ProblemList } from './problem-list.tsx'
import { hasEnded, TrialProgress } from './trial-progress.tsx'

const LOOK_EVERY_MS = 1_000

/** One item, done in shadow: everything happens but the pressing, and what would have been pressed is shown. */
export function TrialStep({ draft, bot, forms, hand }: StepProps) {
  const t = useTexts()
  const path = `${useHospital().api}/drafts/${draft.deployment}`
  const looksItself = bot.starts.includes('schedule')
  const [given, setGiven] = useState(!looksItself)
  const { trial, start, busy, error } = useTrial(path)
  return (
    <Stack gap="md">
      <Text maw="75ch">{t('administer.trial.why')}</Text>
      <ProblemList hand={hand} />
      {looksItself && (
        <Switch
          label={t('administer.trial.given')}
          checked={given}
          onChange={(event) => setGiven(event.currentTarget.checked)}
        />
      )}
      <Start
        form={given ? forms.item : undefined}
        busy={busy}
        ready={hand.problems.length === 0}
        error={error}
        onStart={start}
      />
      {error && <Problem error={error} />}
      <div role="status" aria-live="polite">
        {trial && <TrialProgress trial={trial} path={path} />}
      </div>
    </Stack>
  )
}

function useTrial(path: string) {
  const [running, setRunning] = useState(true)
  const { data: trial } = useAsk(Trial, `${path}/trial`, running ? { every: LOOK_EVERY_MS } : {})
  const { mutate, isPending, error } = useChange({ answer: Done, touches: [`${path}/trial`] })
  const going = trial !== null && trial !== undefined && !hasEnded(trial)
  useEffect(() => setRunning(going), [going])
  const start = (body: TrialBody) => mutate({ path: `${path}/try`, body })
  return { trial, start, busy: isPending || going, error }
}

type TrialBody = z.input<typeof TryDraft>

interface StartProps {
  /** Of the item, when a person names one. */
  readonly form: StepProps['forms']['item'] | undefined
  readonly busy: boolean
  readonly ready: boolean
  readonly error: AskError | null
  readonly onStart: (body: TrialBody) => void
}

function Start({ form, busy, ready, error, onStart }: StartProps) {
  const t = useTexts()
  const [item, setItem] = useState<unknown>()
  const press = form ? { type: 'submit' as const } : { onClick: () => onStart({}) }
  const button = (
    <Group>
      <Button loading={busy} disabled={!ready} {...press}>
        {t('administer.trial.do')}
      </Button>
    </Group>
  )
  if (!form) return button
  const send = (filled: unknown) => onStart({ item: Object(filled) })
  return (
    <GeneratedForm schema={form} value={item} onChange={setItem} onSubmit={send} error={error} name="item">
      {button}
    </GeneratedForm>
  )
}
