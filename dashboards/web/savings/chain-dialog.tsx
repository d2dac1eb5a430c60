import { Button, Fieldset, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { Made } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { asDecimal, DayField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { firstOf, VariantFields } from './deployment-fields.tsx'

/** A part as it is being typed: its share in per cent. */
interface PartDraft {
  readonly deployment: string
  readonly variant: string
  readonly percentage: string
}

interface ChainDialogProps {
  readonly deployments: readonly MeasuredDeployment[]
  readonly onClose: () => void
}

/** Lets deployments that work on one case after each other split one baseline; the server refuses other than the whole. */
export function ChainDialog({ deployments, onClose }: ChainDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const empty = { ...firstOf(deployments), percentage: '' }
  const [name, setName] = useState('')
  const [of, setOf] = useState(firstOf(deployments))
  const [validFrom, setValidFrom] = useState(today())
  const [parts, setParts] = useState<readonly PartDraft[]>([empty, empty])
  const body = {
    ...{ name, baselineDeployment: of.deployment, baselineVariant: of.variant, validFrom },
    parts: parts.map(({ percentage, ...part }) => ({ ...part, share: shareOf(percentage) })),
  }
  return (
    <EntryDialog
      title={t('savings.chains.add')}
      answer={Made}
      method="POST"
      path={`${api}/chains`}
      body={body}
      touches={[`${api}/chains`, '/api/programme/savings']}
      ready={name.trim() !== '' && parts.every(({ percentage }) => percentage.trim() !== '')}
      onClose={onClose}
    >
      <WordsField required most={80} label={t('savings.chains.name')} value={name} onChange={setName} />
      <Fieldset legend={t('savings.chains.baseline')}>
        <VariantFields deployments={deployments} {...of} onChange={setOf} />
      </Fieldset>
      <DayField label={t('savings.baselines.validfrom')} value={validFrom} onChange={setValidFrom} />
      <Parts deployments={deployments} parts={parts} onChange={setParts} />
      <Button variant="default" onClick={() => setParts([...parts, empty])}>
        {t('savings.chains.addpart')}
      </Button>
    </EntryDialog>
  )
}

/** Four decimals: two of a percentage. */
const shareOf = (percentage: string): number => Math.round(Number(asDecimal(percentage)) * 100) / 10_000

interface PartsProps {
  readonly deployments: readonly MeasuredDeployment[]
  readonly parts: readonly PartDraft[]
  readonly onChange: (parts: readonly PartDraft[]) => void
}

function Parts({ deployments, parts, onChange }: PartsProps) {
  const t = useTexts()
  const { number } = useNumbers()
  // The variants of one deployment have the same share: an item is one of them.
  const shares = new Map(parts.map(({ deployment, percentage }) => [deployment, shareOf(percentage)]))
  const sum = [...shares.values()].reduce((total, share) => total + share, 0)
  return (
    <>
      {parts.map((part, place) => (
        <Fieldset key={place} legend={t('savings.chains.number', { number: place + 1 })}>
          <PartFields
            deployments={deployments}
            part={part}
            onChange={(changed) => onChange(parts.with(place, { ...part, ...changed }))}
          />
          {parts.length > 2 && (
            <Group mt="xs">
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${t('programme.remove')}: ${place + 1}`}
                onClick={() => onChange(parts.toSpliced(place, 1))}
              >
                {t('programme.remove')}
              </Button>
            </Group>
          )}
        </Fieldset>
      ))}
      <Text size="sm" role="status">
        {t('savings.chains.sum', { sum: number(Number.isNaN(sum) ? 0 : sum * 100, 2) })}
      </Text>
    </>
  )
}

interface PartFieldsProps {
  readonly deployments: readonly MeasuredDeployment[]
  readonly part: PartDraft
  readonly onChange: (changed: Partial<PartDraft>) => void
}

function PartFields({ deployments, part, onChange }: PartFieldsProps) {
  const t = useTexts()
  return (
    <>
      <VariantFields
        deployments={deployments}
        deployment={part.deployment}
        variant={part.variant}
        onChange={onChange}
      />
      <DecimalField
        label={t('savings.chains.share')}
        value={part.percentage}
        onChange={(percentage) => onChange({ percentage })}
      />
    </>
  )
}
