import { Code, Text } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

/** A value of a setting as it was or is: a word, a number, or the whole as it is kept. */
export function ShownValue({ value }: { readonly value: unknown }) {
  const t = useTexts()
  if (value === null || value === undefined)
    return (
      <Text component="span" inherit c="dimmed">
        {t('administer.change.nothing')}
      </Text>
    )
  if (typeof value === 'boolean') return t(value ? 'shared.yes' : 'shared.no')
  if (typeof value === 'string' || typeof value === 'number')
    return <Code className="breaks">{String(value)}</Code>
  return <Code className="breaks">{JSON.stringify(value)}</Code>
}
