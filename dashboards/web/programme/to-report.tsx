import { PageLink } from '../shared/page-link.tsx'
import { useTexts } from '../shared/use-texts.ts'

interface ToReportProps {
  /** The figure as it is shown. */
  readonly shown: string
  /** What it is a figure of. */
  readonly what: string
  /** Local dates, both counted. */
  readonly from: string
  readonly to: string
  /** One hospital; all of one's own when it is empty or left out. */
  readonly hospital?: string
}

/** A figure made of measured hours, which leads to the report of its period: there each hour is followed down to counts. */
export function ToReport({ shown, what, from, to, hospital = '' }: ToReportProps) {
  const t = useTexts()
  return (
    <PageLink
      inherit
      to="/programme/savings"
      search={{ from, to, ...(hospital === '' ? {} : { hospital }) }}
      aria-label={t('programme.report.link', { figure: `${shown} ${what}` })}
    >
      {shown}
    </PageLink>
  )
}
