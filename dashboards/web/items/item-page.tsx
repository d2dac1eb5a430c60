import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import { ItemStory } from '../../server/items/item-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import { ActTable } from './act-table.tsx'
import type { Handling, Story } from './answers.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { ItemData } from './item-data.tsx'
import { ItemFacts } from './item-facts.tsx'
import { ItemTimeLine } from './item-time-line.tsx'
import { LookTable } from './look-table.tsx'
import { OneItemActions } from './one-item-actions.tsx'
import { useAdministers } from './use-administers.ts'
import { useItemsLive } from './use-items-live.ts'

/** The story of one item: what happened, what was changed, the evidence, and who looked. */
export default function ItemPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const id = usePathValue('item')
  const administers = useAdministers()
  const [handling, setHandling] = useState<Handling>()
  const story = useAsk(ItemStory, `${api}/items/${id}`)
  useItemsLive([`${api}/items/${id}`], ({ items, more }) => more || items.includes(id))
  const waits = administers && story.data?.state === 'parked'
  const actions = story.data && (
    <Group gap="sm">
      {administers && <OneItemActions state={story.data.state} choose={setHandling} />}
      {waits && <ButtonLink to={`${pages}/worklist/${id}`}>{t('items.one.towork')}</ButtonLink>}
    </Group>
  )
  return (
    <PageFrame title={t('items.one.title')} lead={story.data?.reference ?? ''} actions={actions}>
      <Asked of={story}>{(data) => <Parts story={data} />}</Asked>
      {handling && (
        <BulkDialog
          handling={handling}
          which={{ items: [id] }}
          onDone={() => void story.refetch()}
          onClose={() => setHandling(undefined)}
        />
      )}
    </PageFrame>
  )
}

function Parts({ story }: { readonly story: Story }) {
  const t = useTexts()
  const administers = useAdministers()
  return (
    <>
      <Card>
        <ItemFacts story={story} />
        {story.sentence !== null && (
          <Text component="div">
            <WhatHappened code={story.code} sentence={story.sentence} />
          </Text>
        )}
      </Card>
      <Card title={t('items.one.data')}>
        <ItemData story={story} mayReveal={administers} />
      </Card>
      <Card title={t('items.one.acts')}>
        <ActTable acts={story.acts} />
      </Card>
      <Card title={t('items.one.evidence')}>
        <EvidenceList item={story.id} evidence={story.evidence} mayReveal={administers} />
      </Card>
      <Card title={t('items.one.story')}>
        <ItemTimeLine story={story} />
      </Card>
      <Card title={t('items.one.looks')}>
        <LookTable looks={story.looks} />
      </Card>
    </>
  )
}
