import { NativeSelect } from '@mantine/core'
import { ItemChoices } from '../../server/items/item-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { OfferList } from './offer-list.tsx'

/** A list of items out of a spreadsheet, for a deployment that is at work. */
export default function ListsPage() {
  const t = useTexts()
  const { api } = useHospital()
  const inLanguage = useInLanguage()
  const [chosen, choose] = useSearchWord('deployment')
  const choices = useAsk(ItemChoices, `${api}/items/choices`)
  return (
    <PageFrame title={t('items.lists.title')} lead={t('items.lists.lead')}>
      <Asked of={choices}>
        {({ deployments, bots }) => {
          const open = deployments.filter(({ mode }) => mode !== 'off')
          const deployment = open.find(({ id }) => id === chosen) ?? open[0]
          if (!deployment)
            return (
              <Card>
                <EmptyState title={t('items.lists.none')} hint={t('items.lists.none.hint')} />
              </Card>
            )
          const titles = new Map(bots.map(({ name, title }) => [name, inLanguage(title)]))
          const data = open.map(({ id, bot }) => ({ value: id, label: `${titles.get(bot) ?? bot} (${id})` }))
          return (
            <>
              <Card>
                <NativeSelect
                  label={t('items.lists.deployment')}
                  data={data}
                  value={deployment.id}
                  onChange={(event) => choose(event.currentTarget.value)}
                />
              </Card>
              <OfferList key={deployment.id} deployment={deployment.id} />
            </>
          )
        }}
      </Asked>
    </PageFrame>
  )
}
