import { Stack } from '@mantine/core'
import { Value } from '../../server/programme/value-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { HospitalChoice, useChosenHospital } from './hospital-choice.tsx'
import { HospitalMoney } from './hospital-money.tsx'
import { today } from './use-day.ts'
import { usePlaces } from './use-places.ts'
import { ValueFiles } from './value-files.tsx'
import { RobotTable, YearTable } from './value-tables.tsx'

const YEARS_BACK = 4

/** Costs and benefits by year and by robot, and per hospital what was entered for them. */
export default function ValuePage() {
  const t = useTexts()
  const { all } = usePlaces()
  const place = useChosenHospital()
  const shown = all.filter(({ id }) => place.hospital === '' || id === place.hospital)
  const to = Number(today().slice(0, 4))
  const asked = `from=${to - YEARS_BACK}&to=${to}${place.asked}`
  const value = useAsk(Value, `/api/programme/value?${asked}`)
  return (
    <PageFrame
      title={t('programme.value.title')}
      lead={t('programme.value.lead')}
      actions={<HospitalChoice {...place} />}
    >
      <Stack gap="lg">
        <Asked of={value}>
          {(found) => (
            <>
              <Card title={t('programme.value.caption')}>
                <YearTable value={found} />
              </Card>
              <Card title={t('programme.value.perrobot')}>
                <RobotTable value={found} />
              </Card>
              <Card title={t('programme.value.files')}>
                <ValueFiles asked={asked} />
              </Card>
            </>
          )}
        </Asked>
        {shown.map(({ id, name }) => (
          <HospitalMoney key={id} hospital={id} name={name} />
        ))}
      </Stack>
    </PageFrame>
  )
}
