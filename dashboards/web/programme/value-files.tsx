import { FileButtons } from '../shared/file-buttons.tsx'
import { useLanguage, useTexts } from '../shared/use-texts.ts'

interface ValueFilesProps {
  /** `from=2022&to=2026`, and `&hospital=oost` for one. */
  readonly asked: string
}

const FORMATS = ['xlsx', 'csv'] as const

/** The same figures as a file, in the language of the page. */
export function ValueFiles({ asked }: ValueFilesProps) {
  const t = useTexts()
  const language = useLanguage()
  return (
    <FileButtons
      formats={FORMATS}
      titleOf={(format) => t(`programme.value.files.${format}`)}
      pathOf={(format) => `/api/programme/value/file?${asked}&format=${format}&language=${language}`}
    />
  )
}
