import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  /** What is not there: `Geen uitval`. */
  readonly title: string
  /** Why that is, or what would fill it. */
  readonly hint?: string
  /** The button or link that fills it. */
  readonly action?: ReactNode
}

/** Says that there is nothing here, and that this is no mistake. */
export function EmptyState({ title, hint, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md">
      <Text fw={600} ta="center">
        {title}
      </Text>
      {hint !== undefined && (
        <Text c="dimmed" size="sm" ta="center" maw="52ch">
          {hint}
        </Text>
      )}
      {action}
    </Stack>
  )
}
