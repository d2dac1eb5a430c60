import { Group, Paper, Stack, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'

interface CardProps {
  /** Its heading, one below that of the page. */
  readonly title?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page that belongs together; a region of its own for a screen reader when it has a title. */
export function Card({ title, actions, children }: CardProps) {
  const id = useId()
  return (
    <Paper
      component="section"
      className="card"
      p={{ base: 'md', sm: 'lg' }}
      {...(title === undefined ? {} : { 'aria-labelledby': id })}
    >
      <Stack gap="md">
        {(title !== undefined || actions !== undefined) && (
          <Group justify="space-between" gap="sm">
            {title !== undefined && (
              <Title order={2} id={id}>
                {title}
              </Title>
            )}
            {actions}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  )
}
