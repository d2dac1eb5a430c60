import { Group, NativeSelect, Stack, Text } from '@mantine/core'
import { Systems } from '../../server/administer/system-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { CataloguedBot } from './answers.ts'
import type { StepProps } from './editing.ts'
import { ProblemList } from './problem-list.tsx'
import { SystemTest } from './system-test.tsx'

/** Which of the hospital's systems is which to the robot, with what its account must be allowed there. */
export function SystemsStep({ bot, hand }: StepProps) {
  const t = useTexts()
  const { api, pages } = useHospital()
  const asked = useAsk(Systems, `${api}/systems`)
  const choose = (role: string, system: string) => {
    const { [role]: _, ...others } = hand.plan.systems
    hand.change({ systems: system === '' ? others : { ...others, [role]: system } })
  }
  return (
    <Stack gap="lg">
      <Text>
        {t('administer.systems.choose')}{' '}
        <PageLink to={`${pages}/systems`}>{t('administer.systems.tothem')}</PageLink>
      </Text>
      <Asked of={asked}>
        {({ systems }) =>
          bot.systems.map((needed) => (
            <RoleChoice
              key={needed.role}
              needed={needed}
              chosen={hand.plan.systems[needed.role] ?? ''}
              ids={systems.filter(({ kind }) => kind === needed.kind).map(({ id }) => id)}
              onChoose={(system) => choose(needed.role, system)}
            />
          ))
        }
      </Asked>
      <ProblemList hand={hand} at="systems" />
    </Stack>
  )
}

interface RoleChoiceProps {
  readonly needed: CataloguedBot['systems'][number]
  readonly chosen: string
  readonly ids: readonly string[]
  readonly onChoose: (system: string) => void
}

function RoleChoice({ needed: { title, rights }, chosen, ids, onChoose }: RoleChoiceProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  return (
    <Stack gap="sm">
      <NativeSelect
        label={inLanguage(title)}
        description={t('administer.systems.rights', { rights: inLanguage(rights) })}
        value={chosen}
        data={[{ value: '', label: t('administer.systems.pick') }, ...ids]}
        onChange={(event) => onChoose(event.currentTarget.value)}
      />
      {chosen !== '' && (
        <Group>
          <SystemTest id={chosen} key={chosen} />
        </Group>
      )}
    </Stack>
  )
}
