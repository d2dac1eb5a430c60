import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { Chains } from '../../server/savings/measure-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { BaselineDialog, type WantedBaseline } from './baseline-dialog.tsx'
import { EndChainDialog } from './end-chain-dialog.tsx'
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
      {ending && (
        <EndOrMeasure chain={ending} deployments={deployments} onClose={() => setEnding(undefined)} />
      )}
    </>
  )
}

function useColumns(variantName: VariantName): Column<Chain>[] {
  const t = useTexts()
  const day = useDay()
  const { exact } = useNumbers()
  const validOf = ({ validFrom, validUntil }: Chain) =>
    validUntil === null
      ? t('savings.baselines.since', { day: day(validFrom) })
      : t('savings.baselines.between', { from: day(validFrom), until: day(validUntil) })
  const partsOf = ({ parts }: Chain) =>
    parts.map(({ deployment, variant, share }) => (
      <Text size="sm" key={`${deployment} ${variant}`}>
        {t('savings.chains.part', {
          ...{ deployment, variant: variantName(deployment, variant), share: exact(share * 100) },
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

interface EndOrMeasureProps {
  readonly chain: Chain
  readonly deployments: readonly MeasuredDeployment[]
  readonly onClose: () => void
}

/** Ending a chain, and the baseline that one of its parts needs first; after that one it is about ending again. */
function EndOrMeasure({ chain, deployments, onClose }: EndOrMeasureProps) {
  const [wanted, setWanted] = useState<WantedBaseline>()
  return wanted ? (
    <BaselineDialog deployments={deployments} wanted={wanted} onClose={() => setWanted(undefined)} />
  ) : (
    <EndChainDialog chain={chain} deployments={deployments} onMeasure={setWanted} onClose={onClose} />
  )
}
