import { useCallback } from 'react'
import { replaceStringParameters, TranslatableString } from '@rjsf/utils'
import type { TextKey } from '../texts.ts'
import { useTexts, type Texts } from './use-texts.ts'

const KEYS: Partial<Record<TranslatableString, TextKey>> = {
  [TranslatableString.ArrayItemTitle]: 'shared.form.item',
  [TranslatableString.EmptyArray]: 'shared.form.none',
  [TranslatableString.YesLabel]: 'shared.yes',
  [TranslatableString.NoLabel]: 'shared.no',
  [TranslatableString.CloseLabel]: 'shared.close',
  [TranslatableString.AddButton]: 'shared.form.add',
  [TranslatableString.AddItemButton]: 'shared.form.add',
  [TranslatableString.MoveDownButton]: 'shared.form.down',
  [TranslatableString.MoveUpButton]: 'shared.form.up',
  [TranslatableString.RemoveButton]: 'shared.form.remove',
  [TranslatableString.ClearLabel]: 'shared.form.clear',
  [TranslatableString.ClearButton]: 'shared.form.clear',
  [TranslatableString.NewStringDefault]: 'shared.form.item',
}

/** The library's own words, in the reader's language. */
export function useFormStrings(): (words: TranslatableString, values?: string[]) => string {
  const t = useTexts()
  return useCallback((words: TranslatableString, values?: string[]) => inWords(t, words, values), [t])
}

function inWords(t: Texts, words: TranslatableString, values?: string[]): string {
  const [first = '', second = ''] = values ?? []
  const key = KEYS[words]
  if (key) return t(key)
  if (words === TranslatableString.OptionPrefix) return t('shared.form.option', { value: first })
  if (words === TranslatableString.TitleOptionPrefix)
    return t('shared.form.titledoption', { title: first, value: second })
  return replaceStringParameters(words, values)
}
