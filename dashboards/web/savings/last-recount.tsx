import { Text } from '@mantine/core'
import { LastRecount as Answer } from '../../server/savings/last-recount-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

/** Whether the figures were derived again from the events themselves, and when. */
export function LastRecount() {
  const t = useTexts()
  const dayText = useDay()
  const recounted = useAsk(Answer, '/api/programme/savings/recounted')
  return (
    <Asked of={recounted}>
      {(last) => {
        if (last === null) return <Text size="sm">{t('savings.recounted.never')}</Text>
        const days = last.periods.map(({ from, to }) => `${dayText(from)} – ${dayText(to)}`).join('; ')
        const told = { day: dayText(last.day), days, count: last.differences }
        const key = last.differences === 0 ? 'savings.recounted.agrees' : 'savings.recounted.differs'
        return <Text size="sm">{t(key, told)}</Text>
      }}
    </Asked>
  )
}
