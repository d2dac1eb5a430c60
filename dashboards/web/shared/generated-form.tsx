import { Skeleton } from '@mantine/core'
import { lazy, Suspense, type ReactNode } from 'react'
import type { AskError } from './ask.ts'

/** What `z.toJSONSchema(schema, { io: 'input', target: 'draft-07' })` gives; the API sends it as JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>

export interface GeneratedFormProps {
  readonly schema: JsonSchema
  /** What is filled in now; `undefined` begins with the defaults of the schema. */
  readonly value: unknown
  /** Told at each change, also while it is not right yet. */
  readonly onChange: (value: unknown) => void
  /** Told when the form is sent and everything in it is right. */
  readonly onSubmit: (value: unknown) => void
  /** The button of the form, and what may stand beside it. */
  readonly children: ReactNode
  /** Of the change that it was sent with: shown at the field that it names. */
  readonly error?: AskError | null
  /** Makes the ids of its fields differ from those of another form on the page. */
  readonly name?: string
}

const SchemaForm = lazy(() => import('./schema-form.tsx'))

/** A form made of a schema: of a bot's settings or of an item. Its code comes when it is shown first. */
export function GeneratedForm(props: GeneratedFormProps) {
  return (
    <Suspense fallback={<Skeleton height={240} radius="md" />}>
      <SchemaForm {...props} />
    </Suspense>
  )
}
