import { Code, Text } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

interface ShownValueProps {
  readonly value: unknown
  /** The path of the setting, where it has one: a mode has words of its own. */
  readonly of?: string
}

const isMode = (value: unknown): value is 'off' | 'shadow' | 'live' =>
  value === 'off' || value === 'shadow' || value === 'live'

/** A value of a setting as it was or is: a word, a number, or the whole as it is kept. */
export function ShownValue({ value, of = '' }: ShownValueProps) {
  const t = useTexts()
  if (value === null || value === undefined)
    return (
      <Text component="span" inherit c="dimmed">
        {t('administer.change.nothing')}
      </Text>
    )
  if (/(^|\.)mode$/.test(of) && isMode(value)) return <Code>{t(`shared.mode.${value}`)}</Code>
  if (typeof value === 'boolean') return t(value ? 'shared.yes' : 'shared.no')
  if (typeof value === 'string' || typeof value === 'number')
    return <Code className="breaks">{String(value)}</Code>
  return <Code className="breaks">{JSON.stringify(value)}</Code>
}
