import { Stack, Text } from '@mantine/core'
import type { TextKey } from '../texts.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { ChangeRow } from './answers.ts'
import { useChangeTelling } from './change-words.ts'

/** What kinds of changes are called; one that is not here keeps its own name. */
const NAMES: Readonly<Record<string, TextKey>> = {
  deployment: 'administer.kind.deployment',
  'deployment-mode': 'administer.kind.mode',
  'deployment-started': 'administer.kind.started',
  'live-asked': 'administer.kind.asked',
  system: 'administer.kind.system',
  'system-held': 'administer.kind.held',
  'circuit-reset': 'administer.kind.reset',
  credentials: 'administer.kind.credentials',
  'closing-day': 'administer.kind.closing',
  'four-eyes': 'administer.kind.foureyes',
  hospital: 'administer.kind.hospital',
  norm: 'administer.kind.norm',
  baseline: 'administer.kind.baseline',
  upkeep: 'administer.kind.upkeep',
  chain: 'administer.kind.chain',
  person: 'administer.kind.person',
  adoption: 'administer.kind.adoption',
  'business-case': 'administer.kind.businesscase',
  channel: 'administer.kind.channel',
  'channel-key': 'administer.kind.channelkey',
  'channel-retention': 'administer.kind.channelretention',
  cost: 'administer.kind.cost',
  evidence: 'administer.kind.evidence',
  'hour-rate': 'administer.kind.hourrate',
  idea: 'administer.kind.idea',
  measurement: 'administer.kind.measurement',
  'message-replayed': 'administer.kind.messagereplayed',
  'message-skipped': 'administer.kind.messageskipped',
  'one-off': 'administer.kind.oneoff',
  'person-link': 'administer.kind.personlink',
  'person-way-in': 'administer.kind.personwayin',
  pleasure: 'administer.kind.pleasure',
  realised: 'administer.kind.realised',
  'reported-items': 'administer.kind.reporteditems',
  'import-withdrawn': 'administer.kind.importwithdrawn',
  retention: 'administer.kind.retention',
  round: 'administer.kind.round',
  'time-use': 'administer.kind.timeuse',
  token: 'administer.kind.token',
  worker: 'administer.kind.worker',
}

/** What was changed, whether it came or went, and of what it is. */
export function ChangeName({
  change,
  withSubject,
}: {
  readonly change: ChangeRow
  readonly withSubject: boolean
}) {
  const t = useTexts()
  const { what, kind, undoes } = change
  const { subject } = useChangeTelling(change)
  const key = NAMES[what]
  return (
    <Stack gap={0}>
      <Text size="sm" fw={600}>
        {key === undefined ? what : t(key)}
      </Text>
      {withSubject && (
        <Text size="sm" className="breaks">
          {subject}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {undoes === null ? t(`administer.change.${kind}`) : t('administer.change.undone')}
      </Text>
    </Stack>
  )
}
