import { Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import type { ScheduleTrigger } from './answers.ts'
import { FiringPreview } from './firing-preview.tsx'
import { asPattern, MINUTES, PATTERNS, readSchedule, writeSchedule, type Schedule } from './schedule-words.ts'

const MISSED = ['last', 'all', 'none'] as const

interface ScheduleEditorProps {
  readonly trigger: ScheduleTrigger
  readonly onChange: (trigger: ScheduleTrigger) => void
}

/** When a robot looks for work: in the words of a calendar, with the next five times below it. */
export function ScheduleEditor({ trigger, onChange }: ScheduleEditorProps) {
  const t = useTexts()
  // What somebody chose to write as a cron stays one, also when it happens to be a usual one.
  const [schedule, setSchedule] = useState<Schedule>(() => readSchedule(trigger.cron))
  const change = (next: Schedule) => {
    setSchedule(next)
    onChange({ ...trigger, cron: writeSchedule(next) })
  }
  return (
    <Stack gap="md">
      <Group align="end" gap="md">
        <NativeSelect
          label={t('administer.schedule.when')}
          value={schedule.pattern}
          data={PATTERNS.map((value) => ({ value, label: t(`administer.schedule.${value}`) }))}
          onChange={(event) =>
            change(asPattern(schedule, PATTERNS.find((one) => one === event.currentTarget.value) ?? 'daily'))
          }
        />
        <Details schedule={schedule} onChange={change} />
      </Group>
      <Switch
        label={t('administer.schedule.skips')}
        description={t('administer.schedule.skips.hint')}
        checked={trigger.skipHolidays}
        onChange={(event) => onChange({ ...trigger, skipHolidays: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t('administer.schedule.missed')}
        description={t(`administer.schedule.missed.${trigger.missed}.hint`)}
        value={trigger.missed}
        data={MISSED.map((value) => ({ value, label: t(`administer.schedule.missed.${value}`) }))}
        onChange={(event) =>
          onChange({ ...trigger, missed: MISSED.find((one) => one === event.currentTarget.value) ?? 'last' })
        }
      />
      <FiringPreview cron={trigger.cron} skipHolidays={trigger.skipHolidays} />
    </Stack>
  )
}

interface DetailsProps<Kind extends Schedule = Schedule> {
  readonly schedule: Kind
  readonly onChange: (schedule: Schedule) => void
}

function Details({ schedule, onChange }: DetailsProps) {
  switch (schedule.pattern) {
    case 'own':
      return <Cron schedule={schedule} onChange={onChange} />
    case 'minutes':
      return <Every schedule={schedule} onChange={onChange} />
    case 'weekly':
      return (
        <>
          <Weekday schedule={schedule} onChange={onChange} />
          <Time schedule={schedule} onChange={onChange} />
        </>
      )
    case 'daily':
    case 'workdays':
      return <Time schedule={schedule} onChange={onChange} />
  }
}

function Cron({ schedule, onChange }: DetailsProps<Extract<Schedule, { readonly pattern: 'own' }>>) {
  const t = useTexts()
  return (
    <TextInput
      label={t('administer.schedule.cron')}
      description={t('administer.schedule.cron.hint')}
      value={schedule.cron}
      onChange={(event) => onChange({ pattern: 'own', cron: event.currentTarget.value })}
    />
  )
}

function Every({ schedule, onChange }: DetailsProps<Extract<Schedule, { readonly pattern: 'minutes' }>>) {
  const t = useTexts()
  return (
    <NativeSelect
      label={t('administer.schedule.every')}
      value={String(schedule.every)}
      data={MINUTES.map((every) => ({
        value: String(every),
        label: t('administer.schedule.everyminutes', { count: every }),
      }))}
      onChange={(event) => onChange({ pattern: 'minutes', every: Number(event.currentTarget.value) })}
    />
  )
}

function Weekday({ schedule, onChange }: DetailsProps<Extract<Schedule, { readonly pattern: 'weekly' }>>) {
  const t = useTexts()
  return (
    <NativeSelect
      label={t('administer.schedule.day')}
      value={String(schedule.day)}
      data={weekdays(useLanguage())}
      onChange={(event) => onChange({ ...schedule, day: Number(event.currentTarget.value) })}
    />
  )
}

function Time({ schedule, onChange }: DetailsProps<Extract<Schedule, { readonly time: string }>>) {
  const t = useTexts()
  return (
    <TextInput
      type="time"
      label={t('administer.schedule.time')}
      value={schedule.time}
      onChange={(event) => onChange({ ...schedule, time: event.currentTarget.value || '07:00' })}
    />
  )
}

/** Monday first; the numbers are those of a cron, in which Sunday is 0. */
function weekdays(language: 'nl' | 'en') {
  const name = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  })
  return [1, 2, 3, 4, 5, 6, 0].map((day) => ({
    value: String(day),
    // The 1st of November 2026 is a Sunday.
    label: name.format(new Date(Date.UTC(2026, 10, 1 + day))),
  }))
}
