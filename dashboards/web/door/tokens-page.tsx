import { Anchor, Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Tokens } from '../../server/door/token-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { rolesAt, useMe } from '../shared/me.ts'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import { MakeTokenDialog } from './make-token-dialog.tsx'

type Token = z.output<typeof Tokens>[number]

/** The tokens with which other software asks the API. */
export default function TokensPage() {
  const t = useTexts()
  const { api, id } = useHospital()
  const tokens = useAsk(Tokens, `${api}/tokens`)
  const [making, setMaking] = useState(false)
  const administers = rolesAt(useMe(), id).includes('administrator')
  return (
    <PageFrame
      title={t('door.tokens.title')}
      lead={t('door.tokens.lead')}
      actions={administers && <Button onClick={() => setMaking(true)}>{t('door.tokens.make')}</Button>}
    >
      <Card>
        <Asked of={tokens}>{(rows) => <TokenTable rows={rows} administers={administers} />}</Asked>
      </Card>
      <Text>
        <Anchor href="/api" target="_blank" rel="noreferrer">
          {t('door.tokens.documentation')}
        </Anchor>
      </Text>
      {making && <MakeTokenDialog onClose={() => setMaking(false)} />}
    </PageFrame>
  )
}

interface TokenTableProps {
  readonly rows: readonly Token[]
  readonly administers: boolean
}

function TokenTable({ rows, administers }: TokenTableProps) {
  const t = useTexts()
  const [chosen, setChosen] = useState<Token | undefined>()
  const columns = tokenColumns(t)
  const actions = {
    key: 'do',
    title: t('door.tokens.withdraw'),
    show: (token: Token) => <Withdraw token={token} onChoose={setChosen} />,
  }
  const empty = <EmptyState title={t('door.tokens.none')} hint={t('door.tokens.none.hint')} />
  return (
    <>
      <DataTable
        caption={t('door.tokens.title')}
        columns={administers ? [...columns, actions] : columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={empty}
      />
      {chosen && <WithdrawDialog token={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

const tokenColumns = (t: Texts): Column<Token>[] => [
  { key: 'name', title: t('door.tokens.name'), show: ({ name }) => name, sortBy: ({ name }) => name },
  { key: 'role', title: t('door.tokens.role'), show: ({ role }) => t(`door.role.${role}`) },
  { key: 'state', title: t('door.person.state'), show: (token) => <TokenState token={token} /> },
  {
    key: 'ends',
    title: t('door.tokens.ends'),
    show: ({ endsAt }) => <LocalTime at={endsAt} shape="day" />,
    sortBy: ({ endsAt }) => endsAt,
  },
  {
    key: 'used',
    title: t('door.tokens.used'),
    show: ({ usedAt }) => (usedAt === null ? '–' : <LocalTime at={usedAt} />),
  },
  { key: 'by', title: t('door.tokens.by'), show: ({ madeBy }) => madeBy },
]

function TokenState({ token: { withdrawnAt, endsAt } }: { readonly token: Token }) {
  const t = useTexts()
  if (withdrawnAt !== null) return <StateBadge tone="quiet" text={t('door.tokens.withdrawn')} />
  if (Date.parse(endsAt) < Date.now()) return <StateBadge tone="quiet" text={t('door.tokens.ended')} />
  return <StateBadge tone="good" text={t('door.tokens.valid')} />
}

function Withdraw({ token, onChoose }: { readonly token: Token; readonly onChoose: (token: Token) => void }) {
  const t = useTexts()
  if (token.withdrawnAt !== null) return null
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('door.tokens.withdraw.of', { name: token.name })}
      onClick={() => onChoose(token)}
    >
      {t('door.tokens.withdraw')}
    </Button>
  )
}

function WithdrawDialog({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const t = useTexts()
  const list = `${useHospital().api}/tokens`
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'DELETE', touches: [list] })
  return (
    <ConfirmDialog
      opened
      title={t('door.tokens.withdraw.of', { name: token.name })}
      sentence={t('door.tokens.withdraw.why')}
      confirm={t('door.tokens.withdraw')}
      color="red"
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: `${list}/${token.id}` }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
