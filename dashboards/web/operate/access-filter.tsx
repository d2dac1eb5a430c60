import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { download } from '../shared/ask.ts'
import { Problem } from '../shared/asked.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

/** What is typed to find accesses by; it stays on the page and goes in the body only. */
export type AccessWords = Readonly<Partial<Record<'patient' | 'actor' | 'from' | 'until', string>>>

const NOTHING = { patient: '', actor: '', from: '', until: '' }

/** Each question is written in the log that is asked, so it waits for the button. */
export function AccessFilter({ onFind }: { readonly onFind: (words: AccessWords) => void }) {
  const t = useTexts()
  const [typed, setTyped] = useState(NOTHING)
  const words: AccessWords = Object.fromEntries(
    Object.entries(typed).filter(([, word]) => word.trim() !== ''),
  )
  const field = (name: keyof typeof NOTHING) => ({
    ...{ label: t(`operate.access.${name}`), autoComplete: 'off', value: typed[name] },
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onFind(words)
  }
  return (
    <form onSubmit={submit} role="search">
      <Stack gap="sm">
        <Group gap="sm" align="end">
          <TextInput {...field('patient')} />
          <TextInput {...field('actor')} />
          <TextInput type="date" {...field('from')} />
          <TextInput type="date" {...field('until')} />
        </Group>
        <Group gap="sm">
          <Button type="submit" variant="default">
            {t('operate.messages.find')}
          </Button>
          <Export words={words} />
        </Group>
      </Stack>
    </form>
  )
}

function Export({ words }: { readonly words: AccessWords }) {
  const t = useTexts()
  const { api } = useHospital()
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: Error }>({ busy: false })
  const ready = words.patient !== undefined || words.actor !== undefined
  const fetchFile = () => {
    setState({ busy: true })
    download(`${api}/access-log/export`, { method: 'POST', body: words }).then(
      () => setState({ busy: false }),
      (error: unknown) =>
        setState({ busy: false, error: error instanceof Error ? error : new Error('unknown') }),
    )
  }
  return (
    <>
      <Button
        variant="default"
        loading={state.busy}
        disabled={!ready}
        {...(!ready && { 'aria-describedby': 'export-hint' })}
        onClick={fetchFile}
      >
        {t('operate.access.export')}
      </Button>
      {!ready && (
        <Text size="sm" c="dimmed" id="export-hint">
          {t('operate.access.export.hint')}
        </Text>
      )}
      {state.error && <Problem error={state.error} />}
    </>
  )
}
