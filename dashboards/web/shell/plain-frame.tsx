import { Container, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { LanguageChoice } from './language-choice.tsx'

/** Around the pages before signing in: the name, the language, and one card in the middle. */
export function PlainFrame({ children }: { readonly children: ReactNode }) {
  return (
    <Container size={460} py={{ base: 'xl', sm: 64 }} px="md">
      <Stack gap="xl">
        <Group component="header" justify="space-between">
          <Group gap={10}>
            <img src="/ontregel.svg" alt="" width={34} height={34} />
            <span className="brand">Ontregel</span>
          </Group>
          <LanguageChoice />
        </Group>
        <main id="content">{children}</main>
      </Stack>
    </Container>
  )
}
