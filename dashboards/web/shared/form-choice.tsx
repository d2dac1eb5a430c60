import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { FormField } from './form-field.tsx'
import { FormFields, FormPart } from './form-group.tsx'
import { titleOf, type FieldProps } from './form-place.ts'
import {
  asText,
  fieldsOf,
  filledIn,
  fits,
  fitting,
  kindOf,
  newEntry,
  shapesOf,
  type FormNode,
} from './form-values.ts'
import { useTexts } from './use-texts.ts'

/**
 * A choice between shapes. One that may be left out is not there until somebody fills it in, for its empty fields would
 * forbid sending, and can be taken away again.
 */
export function FormChoice(props: FieldProps) {
  const { node, needed, value, onChange } = props
  const t = useTexts()
  const title = titleOf(props)
  const [shape, choose] = useShape(node, value)
  const button = (words: string, onClick: () => void) => (
    <Button variant="default" size="xs" w="fit-content" onClick={onClick}>
      {words}
    </Button>
  )
  if (value === undefined && !needed)
    return (
      <Group gap="sm" justify="space-between">
        <div>
          <Text fw={500} size="sm">
            {title}
          </Text>
          {typeof node['description'] === 'string' && (
            <Text size="sm" c="dimmed">
              {node['description']}
            </Text>
          )}
        </div>
        {button(t('shared.form.fill', { title }), () => onChange(newEntry(shape)))}
      </Group>
    )
  return (
    <FormPart {...props}>
      <Which {...props} shape={shape} onChoose={choose} />
      <Shape {...props} node={shape} />
      {!needed && button(t('shared.form.leaveout', { title }), () => onChange(undefined))}
    </FormPart>
  )
}

/** The fields of the shape that was chosen; they stay when the last of them is emptied. */
function Shape({ onChange, ...props }: FieldProps) {
  if (kindOf(props.node) === 'object') return <FormFields {...props} needed onChange={onChange} />
  const put = (inner: unknown) => onChange(inner === undefined ? newEntry(props.node) : inner)
  return <FormField {...props} needed onChange={put} />
}

/** Of shapes that what is filled in does not tell apart, the one that was chosen. */
function useShape(node: FormNode, value: unknown): [FormNode, (index: number) => void] {
  const shapes = shapesOf(node)
  const [chosen, choose] = useState(() => fitting(node, value))
  const shape = shapes[chosen] ?? {}
  const stands = value === undefined || fits(shape, value)
  return [stands ? shape : (shapes[fitting(node, value)] ?? {}), choose]
}

interface WhichProps extends FieldProps {
  readonly shape: FormNode
  readonly onChoose: (index: number) => void
}

/** Which of the shapes it is, when there are several. */
function Which({ node, title, path, shape, onChange, onChoose }: WhichProps) {
  const t = useTexts()
  const shapes = shapesOf(node)
  if (shapes.length < 2) return null
  const nameOf = (each: FormNode, index: number) =>
    nameOfShape(each, titleOf({ node, title })) ?? t('shared.form.option', { value: index + 1 })
  return (
    <NativeSelect
      aria-label={t('shared.form.kind', { title: titleOf({ node, title }) })}
      name={[...path, 'shape'].join('_')}
      data={shapes.map((each, index) => ({ value: String(index), label: nameOf(each, index) }))}
      value={String(shapes.indexOf(shape))}
      onChange={({ currentTarget }) => {
        const index = Number(currentTarget.value)
        onChoose(index)
        onChange(filledIn(shapes[index] ?? {}, undefined) ?? newEntry(shapes[index] ?? {}))
      }}
    />
  )
}

/** What tells a shape from the others: its own title, the word it is known by, or what is filled in for it. */
function nameOfShape(shape: FormNode, whole: string): string | undefined {
  const title = asText(shape['title'])
  if (title !== undefined && title !== whole) return title
  const fields = fieldsOf(shape)
  const word = fields.map(({ node }) => asText(node['const'])).find((each) => each !== undefined)
  if (word !== undefined) return word
  return fields.length === 0
    ? undefined
    : fields.map(({ name, node }) => asText(node['title']) ?? name).join(', ')
}
