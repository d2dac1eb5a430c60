import { Checkbox } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

/** What a new baseline only does when somebody chose it. */
export interface Choices {
  /** Leaves items without one that were counted before it begins. */
  readonly leavingGap: boolean
  /** Prices items with it that were counted before it was measured. */
  readonly backdated: boolean
}

export const NOT_CHOSEN: Choices = { leavingGap: false, backdated: false }

interface BaselineChoicesProps {
  readonly choices: Choices
  readonly onChange: (choices: Choices) => void
}

export function BaselineChoices({ choices, onChange }: BaselineChoicesProps) {
  const t = useTexts()
  const choice = (key: keyof Choices) => ({
    checked: choices[key],
    onChange: (event: { readonly currentTarget: { readonly checked: boolean } }) =>
      onChange({ ...choices, [key]: event.currentTarget.checked }),
  })
  return (
    <>
      <Checkbox label={t('savings.baselines.gap')} {...choice('leavingGap')} />
      <Checkbox label={t('savings.baselines.backdate')} {...choice('backdated')} />
    </>
  )
}
