import { Checkbox, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormChoice } from './form-choice.tsx'
import { FormGroup } from './form-group.tsx'
import { FormList } from './form-list.tsx'
import { titleOf, useFieldPlace, type FieldProps } from './form-place.ts'
import { asList, asNumber, asText, kindOf } from './form-values.ts'
import { localMoment, momentOf } from './local-moment.ts'
import { NumberField } from './number-field.tsx'
import { useTexts } from './use-texts.ts'

/** How many figures behind the comma a number may have that need not be whole. */
const DECIMALS = 6

/** What is drawn for a part of a schema. */
export function FormField(props: FieldProps) {
  switch (kindOf(props.node)) {
    case 'object':
      return <FormGroup {...props} />
    case 'array':
      return <FormList {...props} />
    case 'choice':
      return <FormChoice {...props} />
    case 'const':
    case 'null':
      // There is nothing to fill in: it is what it is.
      return null
    case 'enum':
      return <OneOf {...props} />
    case 'boolean':
      return <YesOrNo {...props} />
    case 'integer':
    case 'number':
      return <Amount {...props} />
    case 'string':
      return <Words {...props} />
    case 'unknown':
      return <NotHere {...props} />
  }
}

interface Shared {
  readonly id: string
  readonly label: ReactNode
  readonly required: boolean
  readonly error?: string
  readonly description?: string
}

function useShared({ node, path, title, needed }: FieldProps): Shared {
  const { id, error } = useFieldPlace(path)
  const description = asText(node['description'])
  return {
    ...{ id, label: titleOf({ node, title }), required: needed },
    ...(error !== undefined && { error }),
    ...(description !== undefined && { description }),
  }
}

function Words(props: FieldProps) {
  const { node, value, onChange } = props
  const shared = useShared(props)
  const text = asText(value) ?? ''
  const put = (typed: string | undefined) => onChange(typed === '' ? undefined : typed)
  const isMoment = node['format'] === 'date-time'
  // What is of a kind of its own, such as certificates, has lines; a field of one line would take them away.
  if (node['contentMediaType'] !== undefined)
    return (
      <Textarea
        {...shared}
        rows={6}
        value={text}
        onChange={({ currentTarget: { value: typed } }) => put(typed)}
      />
    )
  return (
    <TextInput
      {...shared}
      type={isMoment ? 'datetime-local' : node['format'] === 'date' ? 'date' : 'text'}
      value={isMoment ? localMoment(text) : text}
      onChange={({ currentTarget: { value: typed } }) => put(isMoment ? momentOf(typed) : typed)}
    />
  )
}

function Amount(props: FieldProps) {
  const { node, value, onChange } = props
  const whole = node['type'] === 'integer'
  // What is out of bounds is told by the check, where the bound stands in words; it is not changed unseen.
  const least = asNumber(node['minimum']) ?? asNumber(node['exclusiveMinimum'])
  return (
    <NumberField
      {...useShared(props)}
      decimals={whole ? 0 : DECIMALS}
      negative={least === undefined || least < 0}
      value={asNumber(value)}
      onChange={onChange}
    />
  )
}

function YesOrNo(props: FieldProps) {
  const { value, onChange } = props
  // Unchecked is an answer too: no asterisk asks for a tick.
  const { required: _needed, ...shared } = useShared(props)
  return (
    <Checkbox
      {...shared}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

function OneOf(props: FieldProps) {
  const { node, value, needed, onChange } = props
  const options = asList(node['enum'])
  const chosen = options.indexOf(value)
  const none = needed && chosen >= 0 ? [] : [{ value: '', label: '' }]
  return (
    <NativeSelect
      {...useShared(props)}
      data={[...none, ...options.map((option, index) => ({ value: String(index), label: String(option) }))]}
      value={chosen < 0 ? '' : String(chosen)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? undefined : options[Number(currentTarget.value)])
      }
    />
  )
}

/** A shape that forms do not draw; what stands there stays. */
function NotHere(props: FieldProps) {
  const t = useTexts()
  return (
    <Text size="sm" c="dimmed">
      {t('shared.form.elsewhere', { title: titleOf(props) })}
    </Text>
  )
}
