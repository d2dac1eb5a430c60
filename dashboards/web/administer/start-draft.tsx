import { Button } from '@mantine/core'
import { DraftSaved } from '../../server/administer/draft-schemas.ts'
import { useProblemSentence } from '../shared/problem-sentence.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { useLeaving } from '../shared/use-leaving.ts'
import type { CataloguedBot } from './answers.ts'

/** Begins a draft for a robot and goes there. */
export function StartDraft({ bot }: { readonly bot: CataloguedBot }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const sentence = useProblemSentence()
  const leave = useLeaving()
  const { id: hospital, api, pages } = useHospital()
  const { mutate, isPending, error } = useChange({ answer: DraftSaved, method: 'PUT' })
  const id = freeId(
    `${hospital}-${bot.name}`,
    bot.deployments.map((one) => one.id),
  )
  const start = () =>
    mutate(
      { path: `${api}/drafts/${id}`, body: { plan: { bot: bot.name } } },
      { onSuccess: () => leave(`${pages}/put-to-work/${id}`) },
    )
  return (
    <Button
      loading={isPending}
      onClick={start}
      aria-label={t('administer.bots.start.of', { bot: inLanguage(bot.title) })}
      {...(error && { title: sentence(error).text })}
    >
      {t('administer.bots.start')}
    </Button>
  )
}

/** The id itself, or with the first number behind it that is not in use. */
function freeId(wanted: string, used: readonly string[]): string {
  if (!used.includes(wanted)) return wanted
  for (let number = 2; ; number += 1) if (!used.includes(`${wanted}-${number}`)) return `${wanted}-${number}`
}
