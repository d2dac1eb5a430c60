import { List, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/savings-schemas.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { VariantName } from './use-variant-name.ts'

type Step = z.output<typeof Explanation>['steps'][number]
type Term = Step['products'][number]['factors'][number]

interface FormulaProps {
  readonly steps: readonly Step[]
  readonly variantName: VariantName
}

/** Each step with the figures that go into it, so that a reader can do it again. */
export function Formula({ steps, variantName }: FormulaProps) {
  const t = useTexts()
  const { exact } = useNumbers()
  return (
    <List listStyleType="none" spacing="md">
      {steps.map((step, index) => (
        <List.Item key={`${step.name} ${step.deployment ?? ''} ${index}`}>
          <Stack gap={2}>
            <Text fw={600}>
              {t(`savings.step.${step.name}`)} {step.deployment}
            </Text>
            {step.products.map((product, place) => (
              <ProductLine
                key={place}
                product={product}
                first={place === 0}
                variantName={(variant) => variantName(step.deployment ?? '', variant)}
              />
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
  readonly variantName: (variant: string) => string
}

function ProductLine({ product: { minus, factors, divisors }, first, variantName }: ProductLineProps) {
  const term = useTerm(variantName)
  const sign = minus ? '− ' : first ? '' : '+ '
  const above = factors.map(term).join(' × ')
  const below = divisors.map((divisor) => ` ÷ ${term(divisor)}`).join('')
  return <Text size="sm">{`${sign}${above}${below}`}</Text>
}

function useTerm(variantName: (variant: string) => string): (term: Term) => string {
  const t = useTexts()
  const { exact } = useNumbers()
  return ({ name, value, variant, deployment }) => {
    const whole = name === 'net-hours' || name === 'hours-a-year' ? deployment : undefined
    const of = variant === undefined ? whole : variantName(variant)
    return `${exact(value)} ${t(`savings.term.${name}`)}${of === undefined ? '' : ` (${of})`}`
  }
}
