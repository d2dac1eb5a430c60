import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import type { Chains } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField } from '../programme/entry-fields.tsx'
import { today, useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { useMay } from './use-may.ts'
import { useVariantName, type VariantName } from './use-variant-name.ts'

type Chain = z.output<typeof Chains>[number]

interface ChainTableProps {
  readonly chains: readonly Chain[]
  readonly deployments: readonly MeasuredDeployment[]
}

/** The chains that are and were, with the share of each part. */
export function ChainTable({ chains, deployments }: ChainTableProps) {
  const t = useTexts()
  const columns = useColumns(useVariantName(deployments))
  const mayChange = useMay('administrator')
  const [ending, setEnding] = useState<Chain>()
  const end: Column<Chain> = {
    ...{ key: 'end', title: t('savings.chains.end') },
    show: (chain) =>
      chain.validUntil === null && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${t('savings.chains.end')}: ${chain.name}`}
          onClick={() => setEnding(chain)}
        >
          {t('savings.chains.end')}
        </Button>
      ),
  }
  return (
    <>
      <DataTable
        caption={t('savings.chains.caption')}
        columns={[...columns, ...(mayChange ? [end] : [])]}
        rows={chains}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.chains.empty')} />}
      />
      {ending && <EndDialog chain={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

function useColumns(variantName: VariantName): Column<Chain>[] {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  const validOf = ({ validFrom, validUntil }: Chain) =>
    validUntil === null
      ? t('savings.baselines.since', { day: day(validFrom) })
      : t('savings.baselines.between', { from: day(validFrom), until: day(validUntil) })
  const partsOf = ({ parts }: Chain) =>
    parts.map(({ deployment, variant, share }) => (
      <Text size="sm" key={`${deployment} ${variant}`}>
        {t('savings.chains.part', {
          ...{ deployment, variant: variantName(deployment, variant), share: number(share * 100, 2) },
        })}
      </Text>
    ))
  return [
    { key: 'name', title: t('savings.chains.name'), show: ({ name }) => name, sortBy: ({ name }) => name },
    {
      key: 'baseline',
      title: t('savings.chains.baseline'),
      show: ({ baselineDeployment, baselineVariant }) =>
        `${baselineDeployment}: ${variantName(baselineDeployment, baselineVariant)}`,
    },
    { key: 'parts', title: t('savings.chains.parts'), show: partsOf },
    { key: 'valid', title: t('savings.baselines.valid'), show: validOf },
  ]
}

interface EndDialogProps {
  readonly chain: Chain
  readonly onClose: () => void
}

function EndDialog({ chain, onClose }: EndDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [until, setUntil] = useState(today())
  return (
    <EntryDialog
      title={t('savings.chains.end.title', { name: chain.name })}
      answer={Done}
      method="POST"
      path={`${api}/chains/${chain.id}/end`}
      body={{ until }}
      touches={[`${api}/chains`]}
      ready={until !== ''}
      confirm={t('savings.chains.end')}
      onClose={onClose}
    >
      <DayField label={t('savings.chains.end.until')} value={until} onChange={setUntil} />
    </EntryDialog>
  )
}
