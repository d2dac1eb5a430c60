import { NativeSelect, TextInput } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { today } from './use-day.ts'

interface FieldProps<Value> {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
}

interface WordsProps extends FieldProps<string> {
  readonly most: number
  readonly required?: boolean
  readonly description?: string
}

/** A line of text. */
export function WordsField({ onChange, most, ...field }: WordsProps) {
  return <TextInput {...field} maxLength={most} onChange={(event) => onChange(event.currentTarget.value)} />
}

/** A number as text, for it is kept decimal; a comma is taken for a point when it is sent. */
export function DecimalField({ onChange, ...field }: FieldProps<string> & { readonly description?: string }) {
  return (
    <TextInput
      {...field}
      required
      inputMode="decimal"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A local date; `past` for one that cannot be still to come. */
export function DayField({
  onChange,
  past = false,
  ...field
}: FieldProps<string> & { readonly past?: boolean }) {
  return (
    <TextInput
      {...field}
      type="date"
      {...(past ? { max: today() } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

interface ChoiceProps<Value extends string> extends FieldProps<Value> {
  readonly options: readonly Value[]
  readonly nameOf: (value: Value) => string
  readonly description?: string | undefined
}

/** One of a few. */
export function ChoiceField<Value extends string>({
  options,
  nameOf,
  value,
  onChange,
  ...words
}: ChoiceProps<Value>) {
  return (
    <NativeSelect
      {...words}
      data={options.map((option) => ({ value: option, label: nameOf(option) }))}
      value={value}
      onChange={({ currentTarget }) =>
        onChange(options.find((option) => option === currentTarget.value) ?? value)
      }
    />
  )
}

interface BotFieldProps extends Omit<FieldProps<string>, 'label'> {
  readonly bots: readonly MatrixBot[]
}

/** One robot of the catalogue. */
export function BotField({ bots, ...field }: BotFieldProps) {
  const t = useTexts()
  const botTitle = useBotTitle()
  const titleOf = (name: string) => botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null })
  return (
    <ChoiceField
      label={t('programme.bot')}
      options={bots.map(({ name }) => name)}
      nameOf={titleOf}
      {...field}
    />
  )
}

interface PlaceFieldProps extends Omit<FieldProps<string>, 'label'> {
  readonly places: readonly { readonly id: string; readonly name: string }[]
}

/** One of one's own hospitals. */
export function PlaceField({ places, ...field }: PlaceFieldProps) {
  const t = useTexts()
  const nameOf = (id: string) => places.find((place) => place.id === id)?.name ?? id
  return (
    <ChoiceField
      label={t('programme.hospital')}
      options={places.map(({ id }) => id)}
      nameOf={nameOf}
      {...field}
    />
  )
}

/** What is typed with a comma goes with a point. */
export const asDecimal = (typed: string): string => typed.trim().replace(',', '.')
