import { Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { Handled } from '../../server/items/worklist-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { durationText } from '../shared/duration.tsx'
import { told } from '../shared/told.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Opened } from './answers.ts'
import { ByHandForm } from './by-hand-form.tsx'
import { CorrectForm } from './correct-form.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { KnownActs } from './known-acts.tsx'
import { useWorkBeats } from './use-work-beats.ts'
import { WorkEnds } from './work-ends.tsx'
import { WorkHead } from './work-head.tsx'

/** Working on an item that one has in hand. */
export function Working({ item }: { readonly item: Opened }) {
  const t = useTexts()
  const { api, pages } = useHospital()
  const navigate = useNavigate()
  const [value, setValue] = useState<unknown>(item.draft ?? formValue(item.data))
  const path = `${api}/worklist/${item.id}`
  const { measured, setMeasured, saved, lost } = useWorkBeats(path, value, item.measured)
  const leave = (message: string) => {
    told(message)
    void navigate({ to: `${pages}/worklist` })
  }
  const handled = ({ state, seconds }: z.output<typeof Handled>) =>
    leave(t(`items.working.did.${state}`, { time: durationText(seconds, t) }))
  if (lost) return <Problem error={lost} />
  return (
    <Stack gap="lg">
      <WorkHead item={item} measured={measured} saved={saved} />
      <Known item={item} />
      {measured.byHandAt === null ? (
        <Card title={t('items.working.correct')}>
          {item.schema === null ? (
            <Text>{t('items.working.noform')}</Text>
          ) : (
            <CorrectForm item={item} value={value} onChange={setValue} onHandled={handled} />
          )}
        </Card>
      ) : (
        <ByHandForm item={item} onHandled={handled} onUndone={setMeasured} />
      )}
      <WorkEnds
        item={item}
        byHand={measured.byHandAt !== null}
        onByHand={setMeasured}
        onHandled={handled}
        onLeft={leave}
      />
    </Stack>
  )
}

function Known({ item }: { readonly item: Opened }) {
  const t = useTexts()
  return (
    <Card title={t('items.working.known')}>
      <KnownActs item={item} />
      {item.evidence.length > 0 && <EvidenceList item={item.id} evidence={item.evidence} mayReveal />}
    </Card>
  )
}

/** A form is of fields: what came in as something else begins empty. */
function formValue(data: Opened['data']): unknown {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}
}
