import type { z } from 'zod'
import type { RobotSavings } from '../../server/savings/savings-schemas.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'

type Robot = z.output<typeof RobotSavings>

/** How the figures of a robot that are no sum follow from counts, a sentence each; of a time, where that ends. */
export function useRobotFormulas(): (robot: Robot) => string[] {
  const t = useTexts()
  const { number, exact } = useNumbers()
  const percent = (share: number) => number(share * 100, 1)
  const timed = ({ items, meanSeconds, withinADay }: NonNullable<Robot['leadTime']>) => [
    t('savings.parts.leadtime', {
      ...{ items: number(items), seconds: exact(Math.round(meanSeconds * items)) },
      hours: number(meanSeconds / 3600, 1),
    }),
    ...(withinADay === null
      ? []
      : [
          t('savings.parts.withinaday', {
            ...{ within: number(withinADay), items: number(items), share: percent(withinADay / items) },
          }),
        ]),
  ]
  return ({ done, parked, parkedShare, leadTime }) => [
    ...(done === null || parked === null || parkedShare === null
      ? []
      : [
          t('savings.parts.parkedshare', {
            ...{ parked: number(parked), done: number(done), share: percent(parkedShare) },
          }),
        ]),
    ...(leadTime === null ? [] : timed(leadTime)),
  ]
}
