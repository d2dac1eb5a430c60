import { Text } from '@mantine/core'
import { Card } from '../shared/card.tsx'
import { FileButtons } from '../shared/file-buttons.tsx'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import type { ChosenPeriod } from './period-choice.tsx'

interface ReportFilesProps extends ChosenPeriod {
  /** `&hospital=oost` for one, nothing for all. */
  readonly asked: string
}

const FORMATS = ['xlsx', 'pdf', 'csv', 'csv-counts'] as const

/** The same figures as a file, in the language of the page. */
export function ReportFiles({ from, to, asked }: ReportFilesProps) {
  const t = useTexts()
  const language = useLanguage()
  return (
    <Card title={t('savings.report.files')}>
      <Text size="sm">{t('savings.report.files.lead')}</Text>
      <FileButtons
        formats={FORMATS}
        titleOf={(format) => t(`savings.report.files.${format}`)}
        pathOf={(format) =>
          `/api/programme/report?from=${from}&to=${to}&format=${format}&language=${language}${asked}`
        }
      />
    </Card>
  )
}
