import { Stack } from '@mantine/core'
import { useMemo, useRef, useState, type FormEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { FormFields } from './form-group.tsx'
import { FormContext } from './form-place.ts'
import { formProblems } from './form-problems.ts'
import { filledIn } from './form-values.ts'
import type { GeneratedFormProps } from './generated-form.tsx'
import { useTexts } from './use-texts.ts'

/** The form itself: a field for each part of the schema. */
export default function SchemaForm(props: GeneratedFormProps) {
  const { schema, value, onChange, onSubmit, children, error, name = 'form' } = props
  const t = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const filled = useMemo(() => filledIn(schema, value), [schema, value])
  // Nobody is told what is wrong before having sent; then it goes away as it is mended.
  const [sent, setSent] = useState(false)
  const problems = useMemo(() => {
    const found = sent ? formProblems(schema, filled, t) : new Map<string, string>()
    const place = placeOf(error?.field)
    return place === undefined || !error ? found : new Map([[place, error.message], ...found])
  }, [sent, schema, filled, t, error])
  const send = (event: FormEvent) => {
    // A dialog that is opened within has a form of its own.
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    if (formProblems(schema, filled, t).size === 0) return onSubmit(filled)
    flushSync(() => setSent(true))
    focusWrong(form)
  }
  return (
    <form ref={form} onSubmit={send} noValidate>
      <FormContext value={{ name, problems }}>
        <Stack gap="md">
          <FormFields node={schema} path={[]} title="" needed value={filled} onChange={onChange} />
        </Stack>
      </FormContext>
      <Stack mt="lg">{children}</Stack>
    </form>
  )
}

/** The first field that is not right. */
function focusWrong({ current }: RefObject<HTMLFormElement | null>): void {
  current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')?.focus()
}

/** Where the server's own objection belongs: `limits.bytes` of `settings.limits.bytes`. */
const placeOf = (field: string | undefined): string | undefined =>
  field
    ?.split('.')
    .filter((step) => !['body', 'settings', 'data'].includes(step))
    .join('.')
