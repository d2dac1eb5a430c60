import { Button, Group, Stack, Text } from '@mantine/core'
import { getDefaultRegistry } from '@rjsf/core'
import type { FieldProps, RJSFSchema } from '@rjsf/utils'
import { useTexts } from './use-texts.ts'

const { AnyOfField } = getDefaultRegistry<unknown>().fields

/**
 * A choice between shapes that may be left out. The library chooses the first shape by itself, whose empty fields then
 * forbid sending: here nothing is chosen until somebody does, and it can be taken away again.
 */
export function OptionalUnionField(props: FieldProps<unknown>) {
  const { formData, required, schema, name, onChange, fieldPathId, options, registry, disabled, readonly } =
    props
  const t = useTexts()
  if (!AnyOfField) return null
  if (required === true) return <AnyOfField {...props} />
  const title = schema.title ?? name
  const [first] = Array.isArray(options) ? options : []
  const fill = () =>
    onChange(registry.schemaUtils.getDefaultFormState(first ?? {}) ?? emptyOf(first), fieldPathId.path)
  const fixed = disabled === true || readonly === true
  const button = (words: string, onClick: () => void) => (
    <Button variant="default" size="xs" disabled={fixed} onClick={onClick}>
      {words}
    </Button>
  )
  if (formData === undefined)
    return (
      <Group gap="sm" justify="space-between">
        <Text fw={500} size="sm">
          {title}
        </Text>
        {button(t('shared.form.fill', { title }), fill)}
      </Group>
    )
  return (
    <Stack gap="xs">
      {isOnly(options) ? (
        <OnlyShape {...props} shape={first ?? {}} title={title} />
      ) : (
        <AnyOfField {...props} />
      )}
      <Group>
        {button(t('shared.form.leaveout', { title }), () => onChange(undefined, fieldPathId.path))}
      </Group>
    </Stack>
  )
}

const isOnly = (options: unknown): boolean => Array.isArray(options) && options.length === 1

/** There is nothing to choose between: its fields, under the name of the choice. */
function OnlyShape({
  shape,
  title,
  ...props
}: FieldProps<unknown> & { readonly shape: RJSFSchema; readonly title: string }) {
  const { SchemaField } = props.registry.fields
  if (!SchemaField) return null
  return <SchemaField {...props} schema={{ ...shape, title }} required />
}

/** Something of the right kind, for a shape without defaults. */
function emptyOf(option: unknown): unknown {
  const kind = typeof option === 'object' && option !== null && 'type' in option ? option.type : undefined
  if (kind === 'object') return {}
  if (kind === 'array') return []
  if (kind === 'boolean') return false
  return kind === 'number' || kind === 'integer' ? 0 : ''
}
