import { Group, Stack, Text, Timeline } from '@mantine/core'
import type { ReactNode } from 'react'
import { LocalTime } from './local-time.tsx'
import type { StateTone } from './state-badge.tsx'

/** One thing that happened. */
export interface Moment {
  readonly key: string
  /** ISO. */
  readonly at: string
  readonly title: string
  readonly tone?: StateTone
  /** A sentence or more beneath it. */
  readonly detail?: ReactNode
}

const COLOURS: Readonly<Record<StateTone, string>> = {
  quiet: 'gray',
  busy: 'blue',
  good: 'green',
  attention: 'yellow',
  bad: 'red',
}

/** What happened, in order, as a list for screen readers too. */
export function TimeLine({
  label,
  moments,
}: {
  readonly label: string
  readonly moments: readonly Moment[]
}) {
  return (
    <Timeline role="list" aria-label={label} bulletSize={14} lineWidth={2} active={moments.length}>
      {moments.map(({ key, at, title, tone = 'quiet', detail }) => (
        <Timeline.Item role="listitem" key={key} color={COLOURS[tone]}>
          <Stack gap={2}>
            <Group gap="xs" justify="space-between">
              <Text fw={600}>{title}</Text>
              <Text size="sm" c="dimmed">
                <LocalTime at={at} shape="clock" />
              </Text>
            </Group>
            {detail !== undefined && (
              <Text component="div" size="sm">
                {detail}
              </Text>
            )}
          </Stack>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}
