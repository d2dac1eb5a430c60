import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { ItemPage } from '../../server/items/item-schemas.ts'
import { download } from '../shared/ask.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Item } from './answers.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FilterBar } from './filter-bar.tsx'
import { useItemFilter, type ItemFilterState } from './item-filter.ts'
import { ItemTable } from './item-table.tsx'
import { useAdministers } from './use-administers.ts'
import { useChanges } from './use-changes.ts'

/** All items of a hospital, found by what is known of them, and what can be done to several at once. */
export default function ItemsPage() {
  const t = useTexts()
  const { api } = useHospital()
  const filter = useItemFilter()
  const items = useAskPages<Item>(ItemPage, `${api}/items/search`, filter.filter)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const changes = useChanges(filter.words.deployment)
  const refresh = () => {
    changes.seen()
    setChosen(new Set())
    void items.refetch()
  }
  return (
    <PageFrame title={t('items.list.title')} lead={t('items.list.lead')} actions={<Downloads {...filter} />}>
      <Card>
        <FilterBar {...filter} />
        {changes.there && <Changed refresh={refresh} />}
        <BulkBar chosen={chosen} filter={filter.filter} onDone={refresh} />
        <Asked of={items}>
          {(rows) => <ItemTable rows={rows} more={items.more} chosen={chosen} onChoose={setChosen} />}
        </Asked>
      </Card>
    </PageFrame>
  )
}

function Changed({ refresh }: { readonly refresh: () => void }) {
  const t = useTexts()
  return (
    <Alert color="blue" variant="light" role="status" py="xs">
      <Group gap="sm">
        <Text size="sm">{t('items.list.changed')}</Text>
        <Button size="compact-sm" variant="default" onClick={refresh}>
          {t('items.list.refresh')}
        </Button>
      </Group>
    </Alert>
  )
}

function Downloads({ filter }: ItemFilterState) {
  const t = useTexts()
  const { api } = useHospital()
  const [error, setError] = useState<Error | null>(null)
  const administers = useAdministers()
  if (!administers) return null
  const fetch = (as: 'csv' | 'xlsx') => {
    setError(null)
    download(`${api}/items/export`, { method: 'POST', body: { ...filter, as } }).catch((problem: unknown) => {
      setError(problem instanceof Error ? problem : new Error(String(problem)))
    })
  }
  return (
    <Group gap="xs">
      <Text size="sm">{t('items.list.export')}</Text>
      <Button size="compact-sm" variant="default" onClick={() => fetch('csv')}>
        {t('items.list.export.csv')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => fetch('xlsx')}>
        {t('items.list.export.xlsx')}
      </Button>
      {error && <Problem error={error} />}
    </Group>
  )
}
