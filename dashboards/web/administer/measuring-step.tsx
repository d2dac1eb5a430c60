import { NativeSelect, Stack, Text } from '@mantine/core'
import { Responsible } from '../../server/administer/draft-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { NumberField } from '../shared/number-field.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { BaselineList } from './baseline-list.tsx'
import type { StepProps } from './editing.ts'
import { ProblemList } from './problem-list.tsx'

/** Who is responsible, what an item takes by hand, and what parked items cost people. */
export function MeasuringStep({ bot, hand }: StepProps) {
  const t = useTexts()
  return (
    <Stack gap="lg">
      <ResponsibleChoice hand={hand} />
      <BaselineList bot={bot} hand={hand} />
      <ParkedCosts hand={hand} />
      {hand.plan.baselines.length === 0 && <Text c="dimmed">{t('administer.measuring.without')}</Text>}
      <ProblemList hand={hand} at="responsible" />
    </Stack>
  )
}

function ResponsibleChoice({ hand }: Pick<StepProps, 'hand'>) {
  const t = useTexts()
  const { api } = useHospital()
  const people = useAsk(Responsible, `${api}/responsible`)
  const { responsible } = hand.plan
  return (
    <Asked of={people}>
      {(accounts) => (
        <NativeSelect
          required
          label={t('administer.deployments.responsible')}
          description={t('administer.measuring.responsible.hint')}
          value={responsible}
          data={[
            { value: '', label: t('administer.measuring.pick') },
            ...unlisted(responsible, accounts),
            ...accounts.map(({ account, name }) => ({ value: account, label: `${name} (${account})` })),
          ]}
          onChange={(event) => hand.change({ responsible: event.currentTarget.value })}
        />
      )}
    </Asked>
  )
}

function ParkedCosts({ hand }: Pick<StepProps, 'hand'>) {
  const t = useTexts()
  const { outsideSeconds, parkedShare } = hand.plan
  return (
    <>
      <NumberField
        label={`${t('administer.plan.outside')} (${t('administer.measuring.minutes')})`}
        description={t('administer.measuring.outside.hint')}
        min={0}
        max={1440}
        decimals={1}
        value={outsideSeconds / 60}
        onChange={(minutes) => hand.change({ outsideSeconds: Math.round((minutes ?? 0) * 60) })}
      />
      <NumberField
        label={`${t('administer.plan.share')} (%)`}
        description={t('administer.measuring.share.hint')}
        min={0}
        max={100}
        value={Math.round(parkedShare * 100)}
        onChange={(share) => hand.change({ parkedShare: (share ?? 0) / 100 })}
      />
    </>
  )
}

/** Somebody who has no account here any more stays to be seen, as not right. */
function unlisted(responsible: string, accounts: readonly { readonly account: string }[]) {
  const known = responsible === '' || accounts.some(({ account }) => account === responsible)
  return known ? [] : [{ value: responsible, label: responsible }]
}
