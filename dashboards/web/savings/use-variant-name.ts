import { useInLanguage } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'

/** What the robot of a deployment calls one of its variants; by its own name where this version does not know it. */
export type VariantName = (deployment: string, variant: string) => string

/** @param deployments with the variants of their robots */
export function useVariantName(
  deployments: readonly Pick<MeasuredDeployment, 'id' | 'variants'>[],
): VariantName {
  const inLanguage = useInLanguage()
  return (deployment, variant) => {
    const variants = deployments.find(({ id }) => id === deployment)?.variants
    const found = variants?.find(({ name }) => name === variant)
    return found ? inLanguage(found.title) : variant
  }
}
