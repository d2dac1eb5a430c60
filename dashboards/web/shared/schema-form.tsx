import { Stack } from '@mantine/core'
import { generateForm } from '@rjsf/mantine'
import type { ErrorSchema, RJSFSchema, UiSchema } from '@rjsf/utils'
import { useMemo } from 'react'
import { AddItemButton } from './form-add-button.tsx'
import { useFormStrings } from './form-strings.ts'
import { fieldsTitle, listTitle } from './form-title.tsx'
import type { GeneratedFormProps } from './generated-form.tsx'
import { OptionalUnionField } from './optional-union-field.tsx'
import { schemaValidator } from './schema-validator.ts'
import { useTexts } from './use-texts.ts'

const Form = generateForm<unknown>()
const FIELDS = { AnyOfField: OptionalUnionField, OneOfField: OptionalUnionField }
const TEMPLATES = {
  TitleFieldTemplate: fieldsTitle,
  ArrayFieldTitleTemplate: listTitle,
  ButtonTemplates: { AddButton: AddItemButton },
}
/** What may be left out stays out until somebody fills it in: an empty group would otherwise forbid sending. */
const DEFAULTS = { emptyObjectFields: 'skipEmptyDefaults' } as const
const UI: UiSchema<unknown> = { 'ui:submitButtonOptions': { norender: true } }

/** The form itself: the library with our validator, words and field for optional unions. */
export default function SchemaForm(props: GeneratedFormProps) {
  const { schema, value, onChange, onSubmit, children, error, readOnly = false, name = 'form' } = props
  const t = useTexts()
  const translateString = useFormStrings()
  const validator = useMemo(() => schemaValidator(t), [t])
  const known = useMemo(() => withoutDialect(schema), [schema])
  const extraErrors = useMemo(() => errorAt(error?.field, error?.message), [error?.field, error?.message])
  return (
    <Form
      schema={known}
      uiSchema={UI}
      formData={value}
      validator={validator}
      fields={FIELDS}
      templates={TEMPLATES}
      translateString={translateString}
      idPrefix={name}
      readonly={readOnly}
      experimental_defaultFormStateBehavior={DEFAULTS}
      noHtml5Validate
      showErrorList={false}
      focusOnFirstError
      {...(extraErrors ? { extraErrors } : {})}
      onChange={({ formData }) => onChange(formData)}
      onSubmit={({ formData }) => onSubmit(formData)}
    >
      <Stack mt="lg">{children}</Stack>
    </Form>
  )
}

/** The dialect is known already, and a validator would try to look up its address. */
function withoutDialect(schema: Readonly<Record<string, unknown>>): RJSFSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'))
}

/** The server's own objection, at the field that it names: `settings.since` or `since`. */
function errorAt(field: string | undefined, message: string | undefined): ErrorSchema<unknown> | undefined {
  if (field === undefined || message === undefined) return undefined
  const steps = field.split('.').filter((step) => !['body', 'settings', 'data'].includes(step))
  const at: ErrorSchema<unknown> = { __errors: [message] }
  return steps.reduceRight<ErrorSchema<unknown>>((below, step) => ({ [step]: below }), at)
}
