import { Button, Group, Text } from '@mantine/core'
import type { z } from 'zod'
import { ItemData as Revealed } from '../../server/items/item-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Facts } from '../shared/facts.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import type { Story } from './answers.ts'

interface ItemDataProps {
  readonly story: Story
  readonly mayReveal: boolean
}

/** The fields of an item, masked until somebody shows them; showing is a call of its own that the access log keeps. */
export function ItemData({ story, mayReveal }: ItemDataProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const { api } = useHospital()
  const reveal = useChange({ answer: Revealed, touches: [`${api}/items/${story.id}`] })
  const shown = reveal.data
  return (
    <>
      {shown ? (
        <Facts
          facts={shown.fields.map((field) => ({
            title: field.name === '' ? t('items.one.data.whole') : inLanguage(field.title),
            value: valueText(field.value, t),
          }))}
        />
      ) : (
        <Facts facts={story.fields.map(({ title }) => ({ title: inLanguage(title), value: <Masked /> }))} />
      )}
      {reveal.error && <Problem error={reveal.error} />}
      {mayReveal && (
        <RevealButton
          shown={shown !== undefined}
          busy={reveal.isPending}
          show={() => reveal.mutate({ path: `${api}/items/${story.id}/reveal` })}
          hide={() => reveal.reset()}
        />
      )}
    </>
  )
}

interface RevealButtonProps {
  readonly shown: boolean
  readonly busy: boolean
  readonly show: () => void
  readonly hide: () => void
}

function RevealButton({ shown, busy, show, hide }: RevealButtonProps) {
  const t = useTexts()
  if (shown)
    return (
      <Group>
        <Button variant="default" onClick={hide}>
          {t('items.one.data.hide')}
        </Button>
      </Group>
    )
  return (
    <Group gap="sm">
      <Button variant="default" loading={busy} onClick={show}>
        {t('items.one.data.show')}
      </Button>
      <Text size="sm" c="dimmed">
        {t('items.one.data.hidden')}
      </Text>
    </Group>
  )
}

function Masked() {
  const t = useTexts()
  return (
    <Text inherit c="dimmed">
      <span aria-hidden="true">{'••••••'}</span>
      <span className="visually-hidden">{t('items.one.data.mask')}</span>
    </Text>
  )
}

type Field = z.output<typeof Revealed>['fields'][number]

/** As text, whatever it is: an object shows as JSON. */
function valueText(value: Field['value'], t: Texts): string {
  if (value === null || value === '') return t('items.one.data.none')
  return typeof value === 'object' ? JSON.stringify(value, undefined, 1) : String(value)
}
