import { Group, NativeSelect, useMantineColorScheme } from '@mantine/core'
import { Done } from '../../server/door/account-schemas.ts'
import { LANGUAGES } from '../shell/language-choice.tsx'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { useMe } from '../shared/me.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

const SCHEMES = ['auto', 'light', 'dark'] as const

/** The language of the account, everywhere; the colours of this browser. */
export function Appearance() {
  const t = useTexts()
  const { language } = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { mutate, error } = useChange({ answer: Done, method: 'PUT', touches: ['/api'] })
  const scheme = (value: string) => SCHEMES.find((known) => known === value) ?? 'auto'
  return (
    <Card title={t('door.appearance.title')}>
      {error && <Problem error={error} />}
      <Group gap="lg" align="flex-start">
        <NativeSelect
          label={t('shared.shell.language')}
          value={language}
          data={[...LANGUAGES]}
          onChange={(event) =>
            mutate({ path: '/api/me/language', body: { language: event.currentTarget.value } })
          }
        />
        <NativeSelect
          label={t('shared.shell.scheme')}
          value={colorScheme}
          data={SCHEMES.map((value) => ({ value, label: t(`shared.shell.scheme.${value}`) }))}
          onChange={(event) => setColorScheme(scheme(event.currentTarget.value))}
        />
      </Group>
    </Card>
  )
}
