import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { TrialRevealed } from '../../server/administer/draft-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useCalled, useTexts } from '../shared/use-texts.ts'

/** Shows what would have been filled in, which may be a patient's; looking is written down. */
export function RevealPayload({ path }: { readonly path: string }) {
  const t = useTexts()
  const called = useCalled()
  const { mutate, isPending, data, error } = useChange({ answer: TrialRevealed })
  if (data)
    return (
      <Stack gap="xs">
        {data.acts.map(({ name, title, payload }, place) => (
          <Stack key={`${place} ${name}`} gap={2}>
            <Text size="sm" fw={600}>
              {called({ name, title })}
            </Text>
            <Code block className="breaks">
              {JSON.stringify(payload, null, 2)}
            </Code>
          </Stack>
        ))}
      </Stack>
    )
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          loading={isPending}
          onClick={() => mutate({ path: `${path}/trial/reveal`, body: {} })}
        >
          {t('administer.trial.reveal')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('administer.trial.reveal.why')}
        </Text>
      </Group>
      {error && <Problem error={error} />}
    </Stack>
  )
}
