import { Button, Group, Text } from '@mantine/core'
import { ItemStory } from '../../server/items/item-schemas.ts'
import { OpenItem } from '../../server/items/worklist-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Story } from './answers.ts'
import { ItemFacts } from './item-facts.tsx'
import { Working } from './working.tsx'

/** One parked item: first what is the matter, then, when somebody takes it, its data and the ways to end it. */
export default function WorkingPage() {
  const t = useTexts()
  const { api } = useHospital()
  const id = usePathValue('item')
  const story = useAsk(ItemStory, `${api}/items/${id}`)
  const open = useChange({ answer: OpenItem, touches: [`${api}/worklist`] })
  const start = () => open.mutate({ path: `${api}/worklist/${id}/open` })
  return (
    <PageFrame title={t('items.working.title')} lead={story.data?.reference ?? ''}>
      {open.data ? (
        <Working key={open.data.id} item={open.data} />
      ) : (
        <Asked of={story}>
          {(data) => <BeforeOpening story={data} start={start} busy={open.isPending} error={open.error} />}
        </Asked>
      )}
    </PageFrame>
  )
}

interface BeforeOpeningProps {
  readonly story: Story
  readonly start: () => void
  readonly busy: boolean
  readonly error: Error | null
}

function BeforeOpening({ story, start, busy, error }: BeforeOpeningProps) {
  const t = useTexts()
  const { pages } = useHospital()
  if (story.state !== 'parked') {
    const back = <ButtonLink to={`${pages}/worklist`}>{t('items.work.title')}</ButtonLink>
    return (
      <Card>
        <EmptyState title={t('items.working.gone')} action={back} />
      </Card>
    )
  }
  return (
    <Card title={t('items.working.what')}>
      <Text component="div">
        <WhatHappened code={story.code} sentence={story.sentence} />
      </Text>
      <ItemFacts story={story} />
      {error && <Problem error={error} />}
      <Group gap="sm">
        <Button onClick={start} loading={busy} autoFocus>
          {t('items.working.start')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('items.working.start.hint')}
        </Text>
      </Group>
    </Card>
  )
}
