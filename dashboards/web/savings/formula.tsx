import { Button, List, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/explain-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { BookingsDialog } from './bookings-dialog.tsx'
import type { ChosenPeriod } from './period-choice.tsx'
import type { VariantName } from './use-variant-name.ts'

type Step = z.output<typeof Explanation>['steps'][number]
type Term = Step['products'][number]['factors'][number]

interface FormulaProps {
  readonly steps: readonly Step[]
  readonly variantName: VariantName
  readonly period: ChosenPeriod
}

/** Each step with the figures that go into it, so that a reader can do it again. */
export function Formula({ steps, variantName, period }: FormulaProps) {
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
              <ProductText
                key={place}
                product={product}
                own={step.deployment}
                first={place === 0}
                variantName={(variant) => variantName(step.deployment ?? '', variant)}
              />
            ))}
            {hasUpkeep(step) && <ToBookings deployment={step.deployment} period={period} />}
            {step.withheld && (
              <Text size="sm">
                {t(step.name === 'items' ? 'savings.step.withheld.items' : 'savings.step.withheld')}
              </Text>
            )}
            <Text>= {exact(step.value)}</Text>
          </Stack>
        </List.Item>
      ))}
    </List>
  )
}

type OfDeployment = Step & { readonly deployment: string }

/** Whether hours of upkeep go into it, which lead to their bookings. */
const hasUpkeep = (step: Step): step is OfDeployment =>
  step.deployment !== undefined &&
  step.products.some(({ factors }) => factors.some(({ name }) => name === 'upkeep'))

function ToBookings({ deployment, period }: Pick<OfDeployment, 'deployment'> & Pick<FormulaProps, 'period'>) {
  const t = useTexts()
  const [opened, setOpened] = useState(false)
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${t('savings.bookings.open')}: ${deployment}`}
        onClick={() => setOpened(true)}
      >
        {t('savings.bookings.open')}
      </Button>
      {opened && <BookingsDialog deployment={deployment} period={period} onClose={() => setOpened(false)} />}
    </div>
  )
}

interface ProductTextProps {
  readonly product: Step['products'][number]
  /** The deployment of the step: it is not named again. */
  readonly own?: string | undefined
  /** Whether no sign stands before it. */
  readonly first?: boolean
  readonly variantName?: (variant: string) => string
}

const ownName = (variant: string) => variant

/** Terms multiplied and divided, each with what it is. */
export function ProductText({ product, own, first = true, variantName = ownName }: ProductTextProps) {
  const term = useTerm(variantName, own)
  const { minus, factors, divisors } = product
  const sign = minus ? '− ' : first ? '' : '+ '
  const above = factors.map(term).join(' × ')
  const below = divisors.map((divisor) => ` ÷ ${term(divisor)}`).join('')
  return <Text size="sm">{`${sign}${above}${below}`}</Text>
}

function useTerm(variantName: (variant: string) => string, own: string | undefined): (term: Term) => string {
  const t = useTexts()
  const { exact } = useNumbers()
  const day = useDay()
  return (term) => {
    const { name, value, variant, deployment, kind, from } = term
    const of = [
      variant === undefined ? (deployment === own ? undefined : deployment) : variantName(variant),
      ...(kind === undefined ? [] : [t(`savings.kind.${kind}`)]),
      ...(from === undefined ? [] : [t('savings.explain.from', { day: day(from) })]),
    ].filter((part) => part !== undefined && part !== '')
    return `${exact(value)} ${t(`savings.term.${name}`)}${of.length === 0 ? '' : ` (${of.join(', ')})`}`
  }
}
