import { FileInput } from '@mantine/core'
import { useTexts } from './use-texts.ts'

interface FileFieldProps {
  readonly label: string
  readonly description?: string
  /** What may be chosen, as browsers take it. */
  readonly accept?: string
  readonly value: File | null
  readonly onChange: (file: File | null) => void
}

/** A file of one's own machine; a CSV file where nothing else is said. */
export function FileField({ accept = '.csv,text/csv', ...field }: FileFieldProps) {
  const t = useTexts()
  return (
    <FileInput
      {...field}
      accept={accept}
      placeholder={t('shared.file.choose')}
      clearable
      clearButtonProps={{ 'aria-label': t('shared.file.clear') }}
      miw={{ base: 240, sm: 420 }}
    />
  )
}

/** The form in which the server takes a file, with what goes beside it. */
export function fileForm(file: File, fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', file)
  return form
}
