import { Group, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Worklist } from '../../server/items/worklist-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { told } from '../shared/told.ts'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Waiting } from './answers.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { LetPassDialog } from './let-pass-dialog.tsx'
import { useItemsLive } from './use-items-live.ts'
import { WorklistTable } from './worklist-table.tsx'

/** Also when the live line is away. */
const ASK_AGAIN_MS = 60_000

/** What waits for a person: one's own first, then what nobody has, the longest waiting first. */
export default function WorklistPage() {
  const t = useTexts()
  const { api } = useHospital()
  const [deployment, setDeployment] = useSearchWord('deployment')
  const [assigning, setAssigning] = useState<Waiting>()
  const [passing, setPassing] = useState<Waiting>()
  const query = deployment === '' ? '' : `?deployment=${encodeURIComponent(deployment)}`
  const worklist = useAsk(Worklist, `${api}/worklist${query}`, { every: ASK_AGAIN_MS })
  useItemsLive([`${api}/worklist`], (change) => change.worklist)
  return (
    <PageFrame title={t('items.work.title')} lead={t('items.work.lead')}>
      <Card>
        <Asked of={worklist}>
          {({ account, items, counts }) => (
            <>
              <Counts counts={counts} deployment={deployment} choose={setDeployment} />
              <WorklistTable account={account} rows={items} onAssign={setAssigning} onLetPass={setPassing} />
            </>
          )}
        </Asked>
      </Card>
      {passing && <LetPassDialog item={passing.id} onClose={() => setPassing(undefined)} />}
      {assigning && (
        <AssignDialog
          item={assigning.id}
          onClose={() => setAssigning(undefined)}
          onDone={() => told(t('items.work.assigned'))}
        />
      )}
    </PageFrame>
  )
}

interface CountsProps {
  readonly counts: z.output<typeof Worklist>['counts']
  readonly deployment: string
  readonly choose: (deployment: string) => void
}

function Counts({ counts, deployment, choose }: CountsProps) {
  const t = useTexts()
  const parked = counts.reduce((sum, each) => sum + each.parked, 0)
  const taken = counts.reduce((sum, each) => sum + each.taken, 0)
  const known = counts.map((each) => ({
    value: each.deployment,
    label: `${each.deployment} (${each.parked})`,
  }))
  const gone = deployment !== '' && !counts.some((each) => each.deployment === deployment)
  const data = [
    { value: '', label: t('items.list.any') },
    ...known,
    ...(gone ? [{ value: deployment, label: deployment }] : []),
  ]
  return (
    <Group justify="space-between" align="end" gap="sm">
      <Text role="status">{t('items.work.total', { count: parked, taken })}</Text>
      <NativeSelect
        label={t('items.list.deployment')}
        data={data}
        value={deployment}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </Group>
  )
}
