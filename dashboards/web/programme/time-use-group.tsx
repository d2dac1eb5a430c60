import { Fieldset, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { Activity } from '../../server/programme/idea-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { GroupDraft } from './time-use-draft.ts'

interface TimeUseGroupProps {
  readonly number: number
  readonly group: GroupDraft
  readonly onChange: (group: GroupDraft) => void
}

/** One group of staff: its name, its hours, and a percentage for each activity. */
export function TimeUseGroup({ number, group, onChange }: TimeUseGroupProps) {
  const t = useTexts()
  return (
    <Fieldset legend={t('programme.timeuse.group.number', { number })}>
      <Stack gap="sm">
        <TextInput
          label={t('programme.timeuse.group')}
          maxLength={80}
          value={group.name}
          onChange={(event) => onChange({ ...group, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('programme.timeuse.hours')}
          inputMode="decimal"
          value={group.hours}
          onChange={(event) => onChange({ ...group, hours: event.currentTarget.value })}
        />
        <Text size="sm">{t('programme.timeuse.shares')}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {Activity.options.map((activity) => (
            <TextInput
              key={activity}
              label={t(`programme.activity.${activity}`)}
              inputMode="decimal"
              value={group.percentages[activity] ?? ''}
              onChange={(event) =>
                onChange({
                  ...group,
                  percentages: { ...group.percentages, [activity]: event.currentTarget.value },
                })
              }
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  )
}
