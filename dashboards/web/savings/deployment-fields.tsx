import { ChoiceField, WordsField } from '../programme/entry-fields.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { useVariantName } from './use-variant-name.ts'

interface DeploymentFieldProps {
  readonly deployments: readonly string[]
  readonly value: string
  readonly onChange: (deployment: string) => void
}

/** One deployment of the hospital. */
export function DeploymentField({ deployments, ...field }: DeploymentFieldProps) {
  const t = useTexts()
  return <ChoiceField label={t('savings.deployment')} options={deployments} nameOf={(id) => id} {...field} />
}

interface VariantFieldsProps {
  readonly deployments: readonly MeasuredDeployment[]
  readonly deployment: string
  readonly variant: string
  readonly onChange: (changed: { readonly deployment: string; readonly variant: string }) => void
}

/** A deployment and one of the variants that its robot tells apart; of a robot that only reports, any name. */
export function VariantFields({ deployments, deployment, variant, onChange }: VariantFieldsProps) {
  const t = useTexts()
  const variantName = useVariantName(deployments)
  const of = deployments.find(({ id }) => id === deployment)
  const variantsOf = (id: string) => deployments.find((each) => each.id === id)?.variants ?? []
  return (
    <>
      <DeploymentField
        deployments={deployments.map(({ id }) => id)}
        value={deployment}
        onChange={(chosen) => onChange({ deployment: chosen, variant: variantsOf(chosen)[0]?.name ?? '' })}
      />
      {of?.reports === true ? (
        <WordsField
          required
          most={80}
          label={t('savings.variant')}
          value={variant}
          onChange={(typed) => onChange({ deployment, variant: typed })}
        />
      ) : (
        <ChoiceField
          label={t('savings.variant')}
          options={variantsOf(deployment).map(({ name }) => name)}
          nameOf={(name) => variantName(deployment, name)}
          value={variant}
          onChange={(chosen) => onChange({ deployment, variant: chosen })}
        />
      )}
    </>
  )
}

/** The first deployment and variant of a list, to begin with. */
export function firstOf(deployments: readonly MeasuredDeployment[]): { deployment: string; variant: string } {
  const [first] = deployments
  return { deployment: first?.id ?? '', variant: first?.variants[0]?.name ?? '' }
}
