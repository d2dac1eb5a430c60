import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useTexts } from './use-texts.ts'

interface ShownOnceProps {
  /** What it is and what to do with it. */
  readonly sentence: string
  readonly value: string
}

/** Something secret that is shown this one time: to be copied and handed over. */
export function ShownOnce({ sentence, value }: ShownOnceProps) {
  const t = useTexts()
  return (
    <Alert color="petrol" variant="light" role="status">
      <Stack gap="sm">
        <Text size="sm">{sentence}</Text>
        <Code block className="breaks">
          {value}
        </Code>
        <Group>
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {t(copied ? 'shared.once.copied' : 'shared.once.copy')}
              </Button>
            )}
          </CopyButton>
          <Text size="sm" c="dimmed">
            {t('shared.once.why')}
          </Text>
        </Group>
      </Stack>
    </Alert>
  )
}
