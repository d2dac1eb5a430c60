import { Code, Text } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

interface ShownValueProps {
  readonly value: unknown
  /** How a word or number is told; left out, as it is kept. */
  readonly tell?: (value: string | number) => string
}

/** A value of a setting as it was or is: a word, a number, or the whole as it is kept. */
export function ShownValue({ value, tell = String }: ShownValueProps) {
  const t = useTexts()
  if (value === null || value === undefined)
    return (
      <Text component="span" inherit c="dimmed">
        {t('administer.change.nothing')}
      </Text>
    )
  if (typeof value === 'boolean') return t(value ? 'shared.yes' : 'shared.no')
  if (typeof value === 'string' || typeof value === 'number')
    return <Code className="breaks">{tell(value)}</Code>
  if (Array.isArray(value) && value.length === 0) return t('shared.none')
  return <Code className="breaks">{JSON.stringify(value)}</Code>
}
