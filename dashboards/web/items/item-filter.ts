import { useState } from 'react'
import type { z } from 'zod'
import { ItemState, type ItemFilter } from '../../server/items/item-schemas.ts'
import { useSearchWord } from '../shared/use-search-word.ts'

export const STATES = ItemState.options

/** What is looked for. All but the reference stands in the address; a reference may be a patient's number. */
export interface FilterWords {
  readonly state: string
  readonly bot: string
  readonly deployment: string
  readonly from: string
  readonly until: string
  readonly reference: string
}

export interface ItemFilterState {
  readonly words: FilterWords
  readonly change: (name: keyof FilterWords, word: string) => void
  /** As the API takes it. */
  readonly filter: z.input<typeof ItemFilter>
}

/** What items are looked up by, kept in the address where it may be. */
export function useItemFilter(): ItemFilterState {
  const [state, setState] = useSearchWord('state')
  const [bot, setBot] = useSearchWord('bot')
  const [deployment, setDeployment] = useSearchWord('deployment')
  const [from, setFrom] = useSearchWord('from')
  const [until, setUntil] = useSearchWord('until')
  const [reference, setReference] = useState('')
  const words = { state, bot, deployment, from, until, reference }
  const changes = {
    state: setState,
    bot: setBot,
    deployment: setDeployment,
    from: setFrom,
    until: setUntil,
    reference: setReference,
  }
  return { words, change: (name, word) => changes[name](word), filter: asFilter(words) }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function asFilter({
  state,
  bot,
  deployment,
  from,
  until,
  reference,
}: FilterWords): z.input<typeof ItemFilter> {
  const known = STATES.find((each) => each === state)
  return {
    ...(known && { states: [known] }),
    ...(bot !== '' && { bot }),
    ...(deployment !== '' && { deployment }),
    ...(DAY.test(from) && { from }),
    ...(DAY.test(until) && { until }),
    ...(reference.trim() !== '' && { reference: reference.trim() }),
  }
}
