import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormField } from './form-field.tsx'
import { titleOf, useFieldPlace, type FieldProps } from './form-place.ts'
import { asNode, asText, fieldsOf } from './form-values.ts'

/** Fields that belong together, under their heading. */
export function FormGroup(props: FieldProps) {
  return (
    <FormPart {...props}>
      <FormFields {...props} />
    </FormPart>
  )
}

/** The fields of a group. One that may be left out is left out again when its last field is emptied. */
export function FormFields({ node, path, needed, value, onChange }: FieldProps) {
  const group = asNode(value)
  const put = (name: string, inner: unknown) => {
    const { [name]: _before, ...others } = group
    const next = inner === undefined ? others : { ...group, [name]: inner }
    onChange(!needed && Object.keys(next).length === 0 ? undefined : next)
  }
  return fieldsOf(node).map((field) => (
    <FormField
      key={field.name}
      node={field.node}
      path={[...path, field.name]}
      title={field.name}
      needed={field.needed}
      value={group[field.name]}
      onChange={(inner) => put(field.name, inner)}
    />
  ))
}

/** A part of a form with a heading, one below that of the card it stands in, and what is said of it. */
export function FormPart({
  children,
  ...props
}: Pick<FieldProps, 'node' | 'path' | 'title'> & { readonly children: ReactNode }) {
  const { id, error } = useFieldPlace(props.path)
  const description = asText(props.node['description'])
  return (
    <Stack gap="sm" role="group" aria-labelledby={`${id}-title`} className="form-part">
      <div>
        <Title order={3} id={`${id}-title`}>
          {titleOf(props)}
        </Title>
        {description !== undefined && (
          <Text fz="0.8125rem" c="dimmed">
            {description}
          </Text>
        )}
        {error !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)" data-wrong tabIndex={-1}>
            {error}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}
