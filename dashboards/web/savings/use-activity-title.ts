import { useTexts } from '../shared/use-texts.ts'

const ACTIVITIES = [
  ...(['diagnostics', 'outpatient', 'reporting', 'logistics'] as const),
  ...(['medication', 'planning', 'finance', 'personnel'] as const),
]

/** What an activity of the taxonomy is called; another one by its own name, and null or nothing is none of them. */
export function useActivityTitle(): (activity: string | null) => string {
  const t = useTexts()
  return (activity) => {
    const known = ACTIVITIES.find((each) => each === activity)
    return known ? t(`programme.activity.${known}`) : activity || t('savings.trend.unknown')
  }
}
