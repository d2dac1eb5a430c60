import { List, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/savings-schemas.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'

type Step = z.output<typeof Explanation>['steps'][number]
type Term = Step['products'][number]['factors'][number]

/** Each step with the figures that go into it, so that a reader can do it again. */
export function Formula({ steps }: { readonly steps: readonly Step[] }) {
  const t = useTexts()
  const exact = useExact()
  return (
    <List listStyleType="none" spacing="md">
      {steps.map((step, index) => (
        <List.Item key={`${step.name} ${step.deployment ?? ''} ${index}`}>
          <Stack gap={2}>
            <Text fw={600}>
              {t(`savings.step.${step.name}`)} {step.deployment}
            </Text>
            {step.products.map((product, place) => (
              <ProductLine key={place} product={product} first={place === 0} />
            ))}
            {step.withheld && <Text size="sm">{t('savings.step.withheld')}</Text>}
            <Text>= {exact(step.value)}</Text>
          </Stack>
        </List.Item>
      ))}
    </List>
  )
}

interface ProductLineProps {
  readonly product: Step['products'][number]
  readonly first: boolean
}

function ProductLine({ product: { minus, factors, divisors }, first }: ProductLineProps) {
  const term = useTerm()
  const sign = minus ? '− ' : first ? '' : '+ '
  const above = factors.map(term).join(' × ')
  const below = divisors.map((divisor) => ` ÷ ${term(divisor)}`).join('')
  return <Text size="sm">{`${sign}${above}${below}`}</Text>
}

function useTerm(): (term: Term) => string {
  const t = useTexts()
  const exact = useExact()
  return ({ name, value, variant, deployment }) => {
    const of = variant ?? (name === 'net-hours' || name === 'hours-a-year' ? deployment : undefined)
    return `${exact(value)} ${t(`savings.term.${name}`)}${of === undefined ? '' : ` (${of})`}`
  }
}

/** A figure with as many digits as it has, up to ten: what is computed with must not be rounded first. */
function useExact(): (value: number) => string {
  const locale = useLanguage() === 'nl' ? 'nl-NL' : 'en-GB'
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 10 })
  return (value) => format.format(value)
}
