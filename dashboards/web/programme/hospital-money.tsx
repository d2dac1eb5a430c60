import { Button, Group, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { AdoptionMatrix } from '../../server/programme/adoption-schemas.ts'
import { Money } from '../../server/programme/value-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { CostDialog } from './cost-dialog.tsx'
import { RateDialog } from './rate-dialog.tsx'
import { useDay } from './use-day.ts'
import { usePlaces } from './use-places.ts'

type Entered = z.output<typeof Money>
type Cost = Entered['costs'][number]
type Rate = Entered['rates'][number]

interface HospitalMoneyProps {
  readonly hospital: string
  readonly name: string
}

/** The costs and rates of one hospital, with what enters them. */
export function HospitalMoney({ hospital, name }: HospitalMoneyProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const mayWrite = own.some(({ id }) => id === hospital)
  const money = useAsk(Money, `/api/hospitals/${hospital}/costs`)
  const matrix = useAsk(AdoptionMatrix, '/api/programme/adoption')
  const [entering, setEntering] = useState<'cost' | 'rate'>()
  const noDeployments = money.data === undefined || money.data.deployments.length === 0
  const enter = (what: 'cost' | 'rate', disabled = false) => (
    <Button variant="default" disabled={disabled} onClick={() => setEntering(what)}>
      {t(`programme.value.add${what}`)}
    </Button>
  )
  const actions = mayWrite && (
    <Group gap="sm">
      {enter('cost')}
      {enter('rate', noDeployments)}
    </Group>
  )
  const close = () => setEntering(undefined)
  return (
    <Card title={name} actions={actions}>
      <Asked of={matrix}>
        {({ bots }) => (
          <Asked of={money}>
            {({ costs, rates, deployments }) => (
              <Stack gap="md">
                <CostTable {...{ hospital, costs, bots, mayWrite }} />
                <RateTable {...{ hospital, rates, mayWrite }} />
                {entering === 'cost' && <CostDialog {...{ hospital, bots }} onClose={close} />}
                {entering === 'rate' && <RateDialog {...{ hospital, deployments }} onClose={close} />}
              </Stack>
            )}
          </Asked>
        )}
      </Asked>
    </Card>
  )
}

interface CostTableProps {
  readonly hospital: string
  readonly costs: readonly Cost[]
  readonly bots: readonly MatrixBot[]
  readonly mayWrite: boolean
}

function CostTable({ hospital, costs, bots, mayWrite }: CostTableProps) {
  const t = useTexts()
  const botTitle = useBotTitle()
  const { euros } = useNumbers()
  const remove = useRemoveColumn(hospital, ({ id }: Cost) => `costs/${id}`)
  const columns: Column<Cost>[] = [
    { key: 'year', title: t('programme.year'), show: ({ year }) => String(year) },
    { key: 'kind', title: t('programme.value.kind'), show: ({ kind }) => t(`programme.value.${kind}`) },
    {
      key: 'bot',
      title: t('programme.bot'),
      show: ({ bot: name }) =>
        name === null
          ? t('programme.value.allbots')
          : botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null }),
    },
    { key: 'note', title: t('programme.value.note'), show: ({ note }) => note },
    { key: 'euros', title: t('programme.value.euros'), align: 'end', show: (cost) => euros(cost.euros) },
    ...(mayWrite ? [remove] : []),
  ]
  const caption = t('programme.value.entered')
  const empty = (
    <EmptyState title={t('programme.value.entered.none')} hint={t('programme.value.entered.none.hint')} />
  )
  return (
    <>
      <Title order={3}>{caption}</Title>
      <DataTable caption={caption} columns={columns} rows={costs} rowKey={({ id }) => id} empty={empty} />
    </>
  )
}

interface RateTableProps {
  readonly hospital: string
  readonly rates: readonly Rate[]
  readonly mayWrite: boolean
}

function RateTable({ hospital, rates, mayWrite }: RateTableProps) {
  const t = useTexts()
  const day = useDay()
  const { euros } = useNumbers()
  const remove = useRemoveColumn(
    hospital,
    ({ deployment, validFrom }: Rate) => `rates/${deployment}/${validFrom}`,
  )
  const columns: Column<Rate>[] = [
    { key: 'deployment', title: t('programme.value.deployment'), show: ({ deployment }) => deployment },
    { key: 'from', title: t('programme.value.validfrom'), show: ({ validFrom }) => day(validFrom) },
    { key: 'group', title: t('programme.value.group'), show: ({ functionGroup }) => functionGroup },
    { key: 'rate', title: t('programme.value.rate'), align: 'end', show: (rate) => euros(rate.euros) },
    ...(mayWrite ? [remove] : []),
  ]
  const key = ({ deployment, validFrom }: Rate) => `${deployment} ${validFrom}`
  const caption = t('programme.value.rates')
  const empty = (
    <EmptyState title={t('programme.value.rates.none')} hint={t('programme.value.rates.none.hint')} />
  )
  return (
    <>
      <Title order={3}>{caption}</Title>
      <DataTable caption={caption} columns={columns} rows={rates} rowKey={key} empty={empty} />
    </>
  )
}

/** Takes away what was entered by mistake. */
function useRemoveColumn<Entry>(hospital: string, pathOf: (entry: Entry) => string): Column<Entry> {
  const t = useTexts()
  const base = `/api/hospitals/${hospital}`
  const touches = [`${base}/costs`, '/api/programme/value']
  const change = useChange({ answer: Done, method: 'DELETE', touches })
  const remove = (entry: Entry) =>
    change.mutate({ path: `${base}/${pathOf(entry)}` }, { onSuccess: () => told(t('programme.removed')) })
  return {
    ...{ key: 'remove', title: t('programme.remove') },
    show: (entry) => (
      <Button size="compact-sm" variant="default" onClick={() => remove(entry)}>
        {t('programme.remove')}
      </Button>
    ),
  }
}
