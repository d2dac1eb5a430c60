import type { Product, Step } from './explain-steps.ts'

interface Withholding {
  /** Whether the minutes and hours of a deployment are told. */
  readonly hours: (deployment: string) => boolean
  /** Whether is told how often each of its baselines counted. */
  readonly variants: (deployment: string) => boolean
  /** Whether a group of its items that goes into the figure is not told. */
  readonly isHidden: (deployment: string) => boolean
}

/** The steps without what is not told: deployments of too few are one term together, and the sum stays true. */
export function withholdSteps(steps: readonly Step[], { hours, variants, isHidden }: Withholding): Step[] {
  return steps.flatMap((step): Step[] => {
    const { deployment, name } = step
    if (deployment === undefined) return [{ ...step, products: together(step.products, hours) }]
    if (!hours(deployment)) return []
    const isWithheld =
      (name === 'gross-minutes' && !variants(deployment)) || (name === 'items' && isHidden(deployment))
    return isWithheld ? [{ ...step, products: [], withheld: true }] : [step]
  })
}

/** Of a sum each product is the figure of a deployment; other steps have none. */
function together(products: readonly Product[], hours: Withholding['hours']): Product[] {
  const isHidden = ({ factors: [first] }: Product) =>
    first?.deployment !== undefined && !hours(first.deployment)
  const hidden = products.filter(isHidden)
  const [alike] = hidden
  const first = alike?.factors[0]
  if (!alike || !first) return [...products]
  const { name, unit } = first
  const { divisors } = alike
  const value = hidden.flatMap(({ factors }) => factors).reduce((sum, term) => sum + term.value, 0)
  return [...products.filter((product) => !isHidden(product)), { factors: [{ name, unit, value }], divisors }]
}
