import { Stack, Text } from '@mantine/core'
import { Catalogue } from '../../server/administer/catalogue-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { Facts } from '../shared/facts.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { CataloguedBot } from './answers.ts'
import { BotActs, BotDeployments, BotGiven, BotSystems } from './bot-facts.tsx'
import { useMayAdminister } from './may-administer.ts'
import { StartDraft } from './start-draft.tsx'

/** The robots there are: what each does, what it needs and may change, and what it gave where it runs. */
export default function CataloguePage() {
  const t = useTexts()
  const { api } = useHospital()
  const asked = useAsk(Catalogue, `${api}/bots`)
  return (
    <PageFrame title={t('administer.bots.title')} lead={t('administer.bots.lead')}>
      <Asked of={asked}>{(bots) => bots.map((bot) => <BotCard key={bot.name} bot={bot} />)}</Asked>
    </PageFrame>
  )
}

function BotCard({ bot }: { readonly bot: CataloguedBot }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const mayStart = useMayAdminister()
  const facts = [
    {
      title: t('administer.bots.starts'),
      value: bot.starts.map((kind) => t(`administer.starts.${kind}`)).join(', '),
    },
    { title: t('administer.bots.given'), value: <BotGiven bot={bot} /> },
    { title: t('administer.bots.here'), value: <BotDeployments bot={bot} /> },
  ]
  return (
    <Card title={inLanguage(bot.title)} actions={mayStart && <StartDraft bot={bot} />}>
      <Text maw="75ch">{inLanguage(bot.purpose)}</Text>
      <Facts facts={facts} />
      <Stack gap="lg">
        <BotSystems bot={bot} />
        <BotActs bot={bot} />
      </Stack>
    </Card>
  )
}
