import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useArrival } from './arrival.ts'
import { useTitle } from './use-title.ts'

interface PageFrameProps {
  /** The heading of the page and the name of its tab in the browser. */
  readonly title: string
  /** One sentence beneath it. */
  readonly lead?: ReactNode
  /** The buttons of the page; the most important one last. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The head and body that every page has: its heading gets the focus when one comes here from another page. */
export function PageFrame({ title, lead, actions, children }: PageFrameProps) {
  useTitle(title)
  useArrival('page-heading')
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box>
          <Title order={1} id="page-heading" tabIndex={-1} className="page-heading">
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" mt={4} maw="70ch">
              {lead}
            </Text>
          )}
        </Box>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
