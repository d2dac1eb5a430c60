import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'

type Settings = System['settings']

const WAYS = ['secret', 'none', 'bearer', 'basic', 'backend-services'] as const
const SIGNED = ['tokenAddress', 'clientId', 'scope', 'keyId'] as const
const ALGORITHMS = ['ES384', 'RS384']

interface FhirSignInProps {
  readonly settings: Settings
  readonly onChange: (settings: Settings) => void
}

/** How a FHIR server is signed in to; what is secret about it goes with the credentials. */
export function FhirSignIn({ settings, onChange }: FhirSignInProps) {
  const t = useTexts()
  const signIn = wordsOf(settings['signIn'])
  const way = WAYS.find((one) => one === signIn['way']) ?? 'secret'
  const choose = (chosen: string) => {
    const { signIn: _left, ...others } = settings
    onChange(chosen === 'secret' ? others : { ...others, signIn: begun(chosen) })
  }
  const put = (name: string, word: string) => onChange({ ...settings, signIn: { ...signIn, [name]: word } })
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('administer.signin.way')}
        value={way}
        data={WAYS.map((value) => ({ value, label: t(`administer.signin.way.${value}`) }))}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {way === 'backend-services' && (
        <>
          {SIGNED.map((name) => (
            <TextInput
              key={name}
              required
              label={t(`administer.signin.${name}`)}
              value={signIn[name] ?? ''}
              onChange={(event) => put(name, event.currentTarget.value)}
            />
          ))}
          <NativeSelect
            label={t('administer.signin.algorithm')}
            value={signIn['algorithm'] ?? 'ES384'}
            data={ALGORITHMS}
            onChange={(event) => put('algorithm', event.currentTarget.value)}
          />
        </>
      )}
    </Stack>
  )
}

const begun = (way: string): Record<string, string> =>
  way === 'backend-services'
    ? { way, tokenAddress: '', clientId: '', scope: '', algorithm: 'ES384', keyId: '' }
    : { way }

function wordsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(Object(value))
  return Object.fromEntries(
    entries.flatMap(([name, word]) => (typeof word === 'string' ? [[name, word]] : [])),
  )
}
