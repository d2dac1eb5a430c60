import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Idea } from './ideas-page.tsx'

interface VoteDialogProps {
  readonly idea: Idea
  readonly onClose: () => void
}

/** Asks for a judgement of an idea: reach, time saved and feasibility, from 1 to 5. */
export function VoteDialog({ idea, onClose }: VoteDialogProps) {
  const t = useTexts()
  const [vote, setVote] = useState(idea.own ?? { reach: 3, minutes: 3, feasibility: 3 })
  const change = useChange({ answer: Done, method: 'PUT', touches: ['/api/programme/ideas'] })
  const kept = () => {
    told(t('programme.ideas.voted'))
    onClose()
  }
  const path = `/api/hospitals/${idea.hospital}/ideas/${idea.id}/vote`
  return (
    <ConfirmDialog
      opened
      title={t('programme.ideas.vote.title', { title: idea.title })}
      confirm={t('programme.ideas.vote')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path, body: vote }, { onSuccess: kept })}
      onClose={onClose}
    >
      <Stack gap="md">
        {(['reach', 'minutes', 'feasibility'] as const).map((part) => (
          <Judgement
            key={part}
            title={t(`programme.ideas.${part}`)}
            value={vote[part]}
            onChange={(value) => setVote((before) => ({ ...before, [part]: value }))}
          />
        ))}
      </Stack>
    </ConfirmDialog>
  )
}

interface JudgementProps {
  readonly title: string
  readonly value: number
  readonly onChange: (value: number) => void
}

function Judgement({ title, value, onChange }: JudgementProps) {
  const id = useId()
  return (
    <Stack gap={4}>
      <Text id={id} fw={500}>
        {title}
      </Text>
      <SegmentedControl
        aria-labelledby={id}
        data={['1', '2', '3', '4', '5']}
        value={String(Math.round(value))}
        onChange={(chosen) => onChange(Number(chosen))}
      />
    </Stack>
  )
}
