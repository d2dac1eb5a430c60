import { Group, NativeSelect, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { LiveLines, LogPage } from '../../server/operate/log-schemas.ts'
import { Queue } from '../../server/operate/worker-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { live, useLive } from '../shared/use-live.ts'
import { useHospital } from '../shared/use-path.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Line } from './answers.ts'
import { LogTable } from './log-table.tsx'

/** What a browser shows of what came live; older ones are asked for. */
const MOST_LIVE = 500

/** What happens to items, line by line, as it happens when one wants that. */
export default function RunLogPage() {
  const t = useTexts()
  const { api } = useHospital()
  const [deployment] = useSearchWord('deployment')
  const [trouble] = useSearchWord('trouble')
  const [follows, setFollows] = useState(false)
  const asked = { ...(deployment && { deployment }), ...(trouble && { trouble }) }
  const query = Object.keys(asked).length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`
  const lines = useAskPages<Line>(LogPage, `${api}/run-log${query}`)
  const empty = <EmptyState title={t('operate.log.none')} />
  return (
    <PageFrame title={t('operate.log.title')} lead={t('operate.log.lead')}>
      <Card>
        <LogFilter follows={follows} onFollow={setFollows} />
        {follows && <Following key={query} path={`${api}/run-log/live${query}`} />}
        <Asked of={lines}>
          {(rows) => (rows.length === 0 ? empty : <LogTable rows={rows} more={lines.more} />)}
        </Asked>
      </Card>
    </PageFrame>
  )
}

interface LogFilterProps {
  readonly follows: boolean
  readonly onFollow: (follows: boolean) => void
}

function LogFilter({ follows, onFollow }: LogFilterProps) {
  const t = useTexts()
  const [deployment, setDeployment] = useSearchWord('deployment')
  const [trouble, setTrouble] = useSearchWord('trouble')
  return (
    <Group gap="md" align="end">
      <Deployments value={deployment} onChange={setDeployment} />
      <NativeSelect
        label={t('operate.log.show')}
        data={[
          { value: '', label: t('operate.log.all') },
          { value: 'yes', label: t('operate.log.trouble') },
        ]}
        value={trouble}
        onChange={(event) => setTrouble(event.currentTarget.value)}
      />
      <Switch
        label={t('operate.log.live')}
        checked={follows}
        onChange={(event) => onFollow(event.currentTarget.checked)}
        mb={8}
      />
    </Group>
  )
}

function Deployments({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (id: string) => void
}) {
  const t = useTexts()
  const { api } = useHospital()
  const known = useAsk(Queue, `${api}/queue`).data?.deployments ?? []
  const data = [
    { value: '', label: t('operate.messages.any') },
    ...known
      .map(({ deployment }) => ({ value: deployment, label: deployment }))
      .toSorted((a, b) => (a.value < b.value ? -1 : 1)),
  ]
  return (
    <NativeSelect
      label={t('operate.log.deployment')}
      data={data}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Lines that came since one follows, above those that were there. */
function Following({ path }: { readonly path: string }) {
  const t = useTexts()
  const [came, setCame] = useState<readonly Line[]>([])
  const connected = useLive(path, {
    lines: live(LiveLines, ({ lines }) =>
      setCame((before) => [...lines.toReversed(), ...before].slice(0, MOST_LIVE)),
    ),
  })
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {t(connected ? 'operate.log.live.on' : 'operate.log.live.off')}
      </Text>
      {came.length > 0 && <LogTable rows={came} isLive />}
    </>
  )
}
