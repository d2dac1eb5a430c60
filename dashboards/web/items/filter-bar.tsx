import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { ItemChoices } from '../../server/items/item-schemas.ts'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { STATES, type ItemFilterState } from './item-filter.ts'
import { useAdministers } from './use-administers.ts'

/** What one looks for. Choosing asks at once; a reference waits for the button, for each search by one is written down. */
export function FilterBar({ words, change }: ItemFilterState) {
  const t = useTexts()
  const { api } = useHospital()
  const inLanguage = useInLanguage()
  const choices = useAsk(ItemChoices, `${api}/items/choices`).data
  const any = { value: '', label: t('items.list.any') }
  const states = STATES.map((state) => ({ value: state, label: t(`shared.item.${state}`) }))
  const bots = (choices?.bots ?? []).map(({ name, title }) => ({ value: name, label: inLanguage(title) }))
  const deployments = (choices?.deployments ?? []).map(({ id }) => ({ value: id, label: id }))
  return (
    <Group gap="sm" align="end">
      <Choice name="state" data={[any, ...states]} words={words} change={change} />
      <Choice name="bot" data={[any, ...bots]} words={words} change={change} />
      <Choice name="deployment" data={[any, ...deployments]} words={words} change={change} />
      <TextInput
        type="date"
        label={t('items.list.from')}
        value={words.from}
        onChange={(event) => change('from', event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('items.list.until')}
        value={words.until}
        onChange={(event) => change('until', event.currentTarget.value)}
      />
      <ReferenceSearch find={(reference) => change('reference', reference)} />
    </Group>
  )
}

interface ChoiceProps extends Pick<ItemFilterState, 'words' | 'change'> {
  readonly name: 'state' | 'bot' | 'deployment'
  readonly data: readonly { readonly value: string; readonly label: string }[]
}

function Choice({ name, data, words, change }: ChoiceProps) {
  const t = useTexts()
  return (
    <NativeSelect
      label={t(`items.list.${name}`)}
      data={[...data]}
      value={words[name]}
      onChange={(event) => change(name, event.currentTarget.value)}
    />
  )
}

function ReferenceSearch({ find }: { readonly find: (reference: string) => void }) {
  const t = useTexts()
  const [typed, setTyped] = useState('')
  const administers = useAdministers()
  if (!administers) return null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    find(typed)
  }
  const clear = () => {
    setTyped('')
    find('')
  }
  return (
    <form onSubmit={submit} role="search">
      <Group gap="xs" align="end">
        <TextInput
          label={t('items.list.reference')}
          placeholder={t('items.list.reference.hint')}
          autoComplete="off"
          miw={{ base: 200, sm: 300 }}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('items.list.find')}
        </Button>
        {typed !== '' && (
          <Button variant="subtle" onClick={clear}>
            {t('items.list.clear')}
          </Button>
        )}
      </Group>
    </form>
  )
}
