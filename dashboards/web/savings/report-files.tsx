import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Problem } from '../shared/asked.tsx'
import { download } from '../shared/ask.ts'
import { Card } from '../shared/card.tsx'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import type { ChosenPeriod } from './period-choice.tsx'

interface ReportFilesProps extends ChosenPeriod {
  /** `&hospital=oost` for one, nothing for all. */
  readonly asked: string
}

const FORMATS = ['xlsx', 'pdf', 'csv', 'csv-counts'] as const
type Format = (typeof FORMATS)[number]

/** The same figures as a file, in the language of the page; printing a PDF takes some seconds. */
export function ReportFiles({ from, to, asked }: ReportFilesProps) {
  const t = useTexts()
  const language = useLanguage()
  const fetched = useMutation({
    mutationFn: (format: Format) =>
      download(`/api/programme/report?from=${from}&to=${to}&format=${format}&language=${language}${asked}`),
  })
  return (
    <Card title={t('savings.report.files')}>
      <Text size="sm">{t('savings.report.files.lead')}</Text>
      <Group gap="sm">
        {FORMATS.map((format) => (
          <Button
            key={format}
            variant="default"
            loading={fetched.isPending && fetched.variables === format}
            disabled={fetched.isPending}
            onClick={() => fetched.mutate(format)}
          >
            {t(`savings.report.files.${format}`)}
          </Button>
        ))}
      </Group>
      {fetched.error && <Problem error={fetched.error} />}
    </Card>
  )
}
