import { FileInput } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

interface CsvFieldProps {
  readonly label: string
  readonly description?: string
  readonly value: File | null
  readonly onChange: (file: File | null) => void
}

/** A CSV file of one's own machine. */
export function CsvField(field: CsvFieldProps) {
  const t = useTexts()
  return (
    <FileInput
      {...field}
      accept=".csv,text/csv"
      clearable
      clearButtonProps={{ 'aria-label': t('programme.file.clear') }}
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
