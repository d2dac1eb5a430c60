import { BotForms, Catalogue } from '../../server/administer/catalogue-schemas.ts'
import { FoundDraft } from '../../server/administer/draft-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { DraftActions } from './draft-actions.tsx'
import { DraftSteps } from './draft-steps.tsx'

/** Putting a robot to work, step by step: what is filled in is kept, and does nothing until the last step. */
export default function PutToWorkPage() {
  const t = useTexts()
  const { api } = useHospital()
  const inLanguage = useInLanguage()
  const id = usePathValue('deployment')
  const draft = useAsk(FoundDraft, `${api}/drafts/${id}`)
  const bots = useAsk(Catalogue, `${api}/bots`)
  const bot = bots.data?.find(({ name }) => name === draft.data?.plan.bot)
  const forms = useAsk(BotForms, `${api}/bots/${bot?.name ?? ''}/forms`, { when: bot !== undefined })
  const title = bot ? t('administer.work.of', { bot: inLanguage(bot.title) }) : t('administer.work.title')
  return (
    <PageFrame title={title} lead={id} actions={draft.data && <DraftActions draft={draft.data} />}>
      <Asked of={draft}>
        {(loaded) =>
          loaded ? (
            <Asked of={forms}>
              {(both) => bot && <DraftSteps key={id} draft={loaded} bot={bot} forms={both} />}
            </Asked>
          ) : (
            <EmptyState title={t('administer.work.none')} hint={t('administer.work.none.hint')} />
          )
        }
      </Asked>
    </PageFrame>
  )
}
