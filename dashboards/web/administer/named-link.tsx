import { Stack, Text } from '@mantine/core'
import { PageLink } from '../shared/page-link.tsx'

/** A link in words, with the id beneath it. */
export function NamedLink({
  to,
  title,
  id,
}: {
  readonly to: string
  readonly title: string
  readonly id: string
}) {
  return (
    <Stack gap={0}>
      <PageLink to={to}>{title}</PageLink>
      <Text size="sm" c="dimmed" className="breaks">
        {id}
      </Text>
    </Stack>
  )
}
