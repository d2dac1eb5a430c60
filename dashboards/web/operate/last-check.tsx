import { Group, Text } from '@mantine/core'
import type { z } from 'zod'
import { AccessCheck } from '../../server/operate/access-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

/** When the whole log was last looked at by itself, and what was found. */
export function LastCheck() {
  const { api } = useHospital()
  const check = useAsk(AccessCheck, `${api}/access-check`)
  return <Asked of={check}>{(found) => <Found check={found} />}</Asked>
}

function Found({ check }: { readonly check: z.output<typeof AccessCheck> }) {
  const t = useTexts()
  const { number } = useNumbers()
  const { whole = null, wrong = null, round = null } = check ?? {}
  return (
    <Group gap="xs">
      {wrong && <StateBadge tone="bad" text={t('operate.access.wrong', { number: wrong.number })} />}
      {whole && !wrong && <StateBadge tone="good" text={t('operate.access.fits', { count: whole.rows })} />}
      {whole ? (
        <Text size="sm">
          {t('operate.access.whole')} <LocalTime at={whole.at} shape="full" />
        </Text>
      ) : (
        <Text size="sm">{t('operate.access.notYet')}</Text>
      )}
      {round && (
        <Text size="sm">
          {t('operate.access.round', { looked: number(round.looked), of: number(round.of) })}
        </Text>
      )}
    </Group>
  )
}
