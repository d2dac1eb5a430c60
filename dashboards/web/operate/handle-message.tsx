import { Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Replayed } from '../../server/operate/message-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'

export type Handling = 'replay' | 'skip'

interface HandleMessageProps {
  /** One, or several to replay. */
  readonly ids: readonly string[]
  readonly handling: Handling
  readonly onClose: () => void
}

type Version = 'installed' | 'same'

/** Asks before messages are routed once more, or one is skipped. */
export function HandleMessage({ ids, handling, onClose }: HandleMessageProps) {
  const t = useTexts()
  const [reason, setReason] = useState('')
  const [version, setVersion] = useState<Version>('installed')
  const { confirm, busy, error } = useHandling(ids, handling, { reason, version }, onClose)
  const title =
    ids.length === 1
      ? t(`operate.message.${handling}.question`)
      : t('operate.messages.replay.question', { count: ids.length })
  return (
    <ConfirmDialog
      opened
      title={title}
      sentence={t(`operate.message.${handling}.means`)}
      confirm={t(`operate.message.${handling}`)}
      busy={busy}
      error={error}
      ready={handling === 'replay' || reason.trim() !== ''}
      onConfirm={confirm}
      onClose={onClose}
    >
      {handling === 'replay' && <VersionChoice version={version} onChange={setVersion} />}
      {handling === 'skip' && (
        <Textarea
          label={t('operate.message.skip.reason')}
          data-autofocus
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </ConfirmDialog>
  )
}

interface VersionChoiceProps {
  readonly version: Version
  readonly onChange: (version: Version) => void
}

function VersionChoice({ version, onChange }: VersionChoiceProps) {
  const t = useTexts()
  return (
    <Radio.Group
      label={t('operate.message.version')}
      description={t('operate.message.version.hint')}
      value={version}
      onChange={(value) => onChange(value === 'same' ? 'same' : 'installed')}
    >
      <Stack gap={4} mt="xs">
        <Radio value="installed" label={t('operate.message.version.installed')} />
        <Radio value="same" label={t('operate.message.version.same')} />
      </Stack>
    </Radio.Group>
  )
}

interface Chosen {
  readonly reason: string
  readonly version: Version
}

function useHandling(
  ids: readonly string[],
  handling: Handling,
  { reason, version }: Chosen,
  onClose: () => void,
) {
  const t = useTexts()
  const { api } = useHospital()
  const touches = [`${api}/messages`, `${api}/channels`]
  const change = useChange({ answer: z.union([Replayed, Done]), touches })
  const sent =
    handling === 'replay'
      ? { path: `${api}/messages/replay`, body: { messages: ids, version } }
      : { path: `${api}/messages/${ids[0] ?? ''}/skip`, body: { reason } }
  const onSuccess = (answer: z.output<typeof Replayed> | z.output<typeof Done>) => {
    told('again' in answer ? whatBecame(answer, t) : t('operate.message.skipped'))
    onClose()
  }
  const confirm = () => change.mutate(sent, { onSuccess })
  return { confirm, busy: change.isPending, error: change.error }
}

function whatBecame({ again, waited, otherVersion }: z.output<typeof Replayed>, t: Texts): string {
  const parts = [
    ...(again > 0 ? [t('operate.message.replayed', { count: again })] : []),
    ...(waited > 0 ? [t('operate.message.waited', { count: waited })] : []),
    ...(otherVersion > 0 ? [t('operate.message.otherversion', { count: otherVersion })] : []),
  ]
  return parts.join(' ')
}
