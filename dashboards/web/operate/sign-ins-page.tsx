import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { SignIns } from '../../server/door/people-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

type SignIn = z.output<typeof SignIns>[number]

/** Who signed in or tried to, newest first, a page at a time. */
export default function SignInsPage() {
  const t = useTexts()
  const { api } = useHospital()
  const [before, setBefore] = useState<number | undefined>()
  const query = before === undefined ? '' : `?before=${before}`
  const signIns = useAsk(SignIns, `${api}/sign-ins${query}`)
  const last = signIns.data?.at(-1)?.id
  return (
    <PageFrame title={t('operate.signins.title')} lead={t('operate.signins.lead')}>
      <Card>
        <Asked of={signIns}>{(rows) => <SignInTable rows={rows} />}</Asked>
        <Group justify="center">
          {before !== undefined && (
            <Button variant="default" onClick={() => setBefore(undefined)}>
              {t('operate.signins.newest')}
            </Button>
          )}
          {(signIns.data?.length ?? 0) >= PAGE && last !== undefined && (
            <Button variant="default" onClick={() => setBefore(last)}>
              {t('operate.signins.older')}
            </Button>
          )}
        </Group>
      </Card>
    </PageFrame>
  )
}

/** So many the server gives at once. */
const PAGE = 200

function SignInTable({ rows }: { readonly rows: readonly SignIn[] }) {
  const t = useTexts()
  const columns: Column<SignIn>[] = [
    {
      key: 'at',
      title: t('operate.signins.at'),
      show: ({ at }) => <LocalTime at={at} shape="full" />,
      sortBy: ({ at }) => at,
    },
    {
      key: 'account',
      title: t('operate.signins.account'),
      show: ({ account }) => account,
      sortBy: ({ account }) => account,
    },
    { key: 'way', title: t('operate.signins.way'), show: ({ way }) => t(`operate.signins.way.${way}`) },
    {
      key: 'outcome',
      title: t('operate.signins.outcome'),
      show: ({ outcome }) => <Outcome outcome={outcome} />,
    },
    { key: 'address', title: t('operate.signins.address'), show: ({ address }) => address },
  ]
  const empty = <EmptyState title={t('operate.signins.none')} />
  return (
    <DataTable
      caption={t('operate.signins.title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => String(id)}
      empty={empty}
    />
  )
}

function Outcome({ outcome }: Pick<SignIn, 'outcome'>) {
  const t = useTexts()
  const tone = outcome === 'in' ? 'good' : outcome === 'out' ? 'quiet' : 'attention'
  return <StateBadge tone={tone} text={t(`operate.signins.outcome.${outcome}`)} />
}
