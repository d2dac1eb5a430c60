import { Button, Text } from '@mantine/core'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Sessions } from '../../server/door/me-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useSignOut } from '../shell/use-sign-out.ts'
import { browserName } from './browser-name.ts'

type Session = z.output<typeof Sessions>[number]

/** Where the account is signed in now, to be ended one by one or all at once. */
export function OwnSessions() {
  const t = useTexts()
  const sessions = useAsk(Sessions, '/api/me/sessions')
  const signOut = useSignOut()
  const everywhere = (
    <Button variant="default" onClick={() => signOut({ everywhere: true })}>
      {t('door.sessions.everywhere')}
    </Button>
  )
  return (
    <Card title={t('door.sessions.title')} actions={everywhere}>
      <Asked of={sessions}>{(rows) => <SessionTable rows={rows} />}</Asked>
    </Card>
  )
}

function SessionTable({ rows }: { readonly rows: readonly Session[] }) {
  const t = useTexts()
  const { mutate, error } = useChange({ answer: Done, method: 'DELETE', touches: ['/api/me/sessions'] })
  const columns: Column<Session>[] = [
    { key: 'browser', title: t('door.sessions.browser'), show: ({ browser }) => browserName(browser) },
    { key: 'address', title: t('door.sessions.address'), show: ({ address }) => address },
    { key: 'began', title: t('door.sessions.began'), show: ({ began }) => <LocalTime at={began} /> },
    { key: 'seen', title: t('door.sessions.seen'), show: ({ seen }) => <LocalTime at={seen} /> },
    {
      key: 'end',
      title: t('door.sessions.end'),
      show: ({ id, current }) =>
        current ? (
          <StateBadge tone="good" text={t('door.sessions.this')} />
        ) : (
          <Button variant="default" size="xs" onClick={() => mutate({ path: `/api/me/sessions/${id}` })}>
            {t('door.sessions.end')}
          </Button>
        ),
    },
  ]
  return (
    <>
      {error && <Problem error={error} />}
      <Text c="dimmed" size="sm">
        {t('door.sessions.why')}
      </Text>
      <DataTable caption={t('door.sessions.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </>
  )
}
