import { Fieldset, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import { LIMIT_NAMES, LIMITS } from './channel-draft.ts'
import type { ChannelFields } from './channel-form.tsx'

interface ChannelLimitsProps extends ChannelFields {
  /** What a channel has that says nothing, in bytes and milliseconds. */
  readonly standard: Readonly<Record<string, number>>
}

/** What a channel may ask of memory and patience; an empty field leaves what it has by itself. */
export function ChannelLimits({ draft, set, wrong, standard }: ChannelLimitsProps) {
  const t = useTexts()
  const number = new Intl.NumberFormat(useLanguage())
  return (
    <Fieldset legend={t('operate.channel.limits')}>
      <Text size="sm" mb="sm">
        {t('operate.channel.limits.hint')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {LIMIT_NAMES.map((name) => (
          <TextInput
            key={name}
            inputMode="decimal"
            label={t(`operate.channel.limit.${name}`)}
            description={t('operate.channel.limit.standard', {
              value: number.format((standard[name] ?? 0) / LIMITS[name]),
            })}
            value={draft.limits[name]}
            error={wrong(`limits.${name}`)}
            onChange={(event) => set({ limits: { ...draft.limits, [name]: event.currentTarget.value } })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  )
}
