import { NativeSelect, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { localMoment, momentOf } from '../shared/local-moment.ts'
import { NumberField } from '../shared/number-field.tsx'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { CataloguedBot, ChangeTrigger } from './answers.ts'
import { ChangeParameters } from './change-parameters.tsx'
import type { EditorProps } from './editing.ts'
import { TriggerReading } from './trigger-reading.tsx'

interface ChangeTriggerEditorProps extends EditorProps<ChangeTrigger> {
  readonly bot: CataloguedBot
}

/** Which resources of a FHIR system are watched for changes, and how. */
export function ChangeTriggerEditor(props: ChangeTriggerEditorProps) {
  const { trigger, onChange, wrong } = props
  return (
    <Stack gap="md">
      <What {...props} />
      <ChangeParameters
        parameters={trigger.parameters}
        wrong={wrong}
        onChange={(parameters) => onChange({ ...trigger, parameters })}
      />
      <Pace {...props} />
      <Abilities {...props} />
      <TriggerReading trigger={trigger} />
    </Stack>
  )
}

function What({ trigger, bot, onChange, wrong }: ChangeTriggerEditorProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const roles = bot.systems.filter(({ kind }) => kind === 'fhir')
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={t('administer.changes.role')}
        description={t('administer.changes.role.hint')}
        value={trigger.role}
        error={wrong('role')}
        data={roles.map(({ role, title }) => ({ value: role, label: inLanguage(title) }))}
        onChange={(event) => onChange({ ...trigger, role: event.currentTarget.value })}
      />
      <TextInput
        label={t('administer.changes.type')}
        description={t('administer.changes.type.hint')}
        value={trigger.resourceType}
        error={wrong('resourceType')}
        onChange={(event) => onChange({ ...trigger, resourceType: event.currentTarget.value.trim() })}
      />
    </SimpleGrid>
  )
}

function Pace({ trigger, onChange, wrong }: ChangeTriggerEditorProps) {
  const t = useTexts()
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NumberField
        label={t('administer.changes.every')}
        description={t('administer.changes.every.hint')}
        min={1}
        max={86_400}
        value={trigger.everySeconds}
        error={wrong('everySeconds')}
        onChange={(seconds) => onChange({ ...trigger, everySeconds: seconds ?? 60 })}
      />
      <NumberField
        label={t('administer.changes.overlap')}
        description={t('administer.changes.overlap.hint')}
        min={0}
        max={86_400}
        value={trigger.overlapSeconds}
        error={wrong('overlapSeconds')}
        onChange={(seconds) => onChange({ ...trigger, overlapSeconds: seconds ?? 0 })}
      />
      <TextInput
        type="datetime-local"
        label={t('administer.changes.since')}
        description={t('administer.changes.since.hint')}
        value={localMoment(trigger.since)}
        error={wrong('since')}
        onChange={(event) => onChange(sinceOf(trigger, event.currentTarget.value))}
      />
    </SimpleGrid>
  )
}

function Abilities({ trigger, onChange }: ChangeTriggerEditorProps) {
  const t = useTexts()
  return (
    <>
      <Switch
        label={t('administer.changes.notified')}
        description={t('administer.changes.notified.hint')}
        checked={trigger.notified}
        onChange={(event) => onChange({ ...trigger, notified: event.currentTarget.checked })}
      />
      <Switch
        label={t('administer.changes.sorted')}
        description={t('administer.changes.sorted.hint')}
        checked={trigger.sorted}
        onChange={(event) => onChange({ ...trigger, sorted: event.currentTarget.checked })}
      />
    </>
  )
}

function sinceOf({ since: _before, ...trigger }: ChangeTrigger, typed: string): ChangeTrigger {
  const since = momentOf(typed)
  return since === undefined ? trigger : { ...trigger, since }
}
