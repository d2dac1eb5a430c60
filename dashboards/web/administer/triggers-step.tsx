import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useProblemSentence } from '../shared/problem-sentence.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Trigger } from './answers.ts'
import { ChangeTriggerEditor } from './change-trigger-editor.tsx'
import type { EditorProps, StepProps } from './editing.ts'
import { MessageTriggerEditor } from './message-trigger-editor.tsx'
import { newTrigger } from './new-trigger.ts'
import { ProblemList } from './problem-list.tsx'
import { ScheduleEditor } from './schedule-editor.tsx'

/** What starts the robot: times, messages or changes, as far as the robot can handle them. */
export function TriggersStep({ draft, bot, hand }: StepProps) {
  const t = useTexts()
  const { triggers } = hand.plan
  return (
    <Stack gap="lg">
      {triggers.length === 0 && <Text>{t('administer.triggers.none')}</Text>}
      {triggers.map((trigger, place) => (
        <TriggerCard key={trigger.id} trigger={trigger} place={place} bot={bot} hand={hand} />
      ))}
      <Group gap="sm">
        {bot.starts.map((kind) => (
          <Button
            key={kind}
            variant="default"
            onClick={() =>
              hand.change({ triggers: [...triggers, newTrigger(kind, draft.deployment, triggers, bot)] })
            }
          >
            {t(`administer.triggers.add.${kind}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

interface TriggerCardProps extends Pick<StepProps, 'bot' | 'hand'> {
  readonly trigger: Trigger
  readonly place: number
}

function TriggerCard({ trigger, place, bot, hand }: TriggerCardProps) {
  const t = useTexts()
  const { triggers } = hand.plan
  const put = (next: Trigger) =>
    hand.change({ triggers: triggers.map((one, at) => (at === place ? next : one)) })
  const sentence = useProblemSentence()
  const wrong = (part: string) => {
    const field = hand.error?.field
    const at = `plan.triggers.${place}.${part}`
    return hand.error && (field === at || field?.startsWith(`${at}.`)) ? sentence(hand.error).text : undefined
  }
  const remove = () => hand.change({ triggers: triggers.filter((_, at) => at !== place) })
  return (
    <Paper withBorder p="md" component="section" aria-label={trigger.id}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={3}>{t(`administer.starts.${trigger.kind}`)}</Title>
          <Button
            size="xs"
            variant="default"
            aria-label={t('administer.triggers.remove.of', { trigger: trigger.id })}
            onClick={remove}
          >
            {t('administer.triggers.remove')}
          </Button>
        </Group>
        <TriggerEditor trigger={trigger} bot={bot} onChange={put} wrong={wrong} />
        <ProblemList hand={hand} at={`triggers.${place}`} />
      </Stack>
    </Paper>
  )
}

interface TriggerEditorProps extends EditorProps<Trigger> {
  readonly bot: StepProps['bot']
}

function TriggerEditor({ trigger, ...props }: TriggerEditorProps) {
  switch (trigger.kind) {
    case 'schedule':
      return <ScheduleEditor trigger={trigger} onChange={props.onChange} />
    case 'hl7':
      return <MessageTriggerEditor trigger={trigger} {...props} />
    case 'fhir':
      return <ChangeTriggerEditor trigger={trigger} {...props} />
  }
}
