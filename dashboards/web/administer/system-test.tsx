import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { SystemCheck } from '../../server/administer/system-schemas.ts'
import { Done } from '../../server/door/account-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import { rightWords } from './finding-sentence.ts'
import { useMayAdminister } from './may-administer.ts'

type Check = NonNullable<z.output<typeof SystemCheck>>

const LOOK_EVERY_MS = 1_000
/** A worker that lives answers well within this. */
const PATIENCE_MS = 90_000

/** Tries a system: a worker really opens it and signs in; what it saw comes in sentences. */
export function SystemTest({ id }: { readonly id: string }) {
  const t = useTexts()
  const path = `${useHospital().api}/systems/${id}/check`
  const { mutate, isPending, error } = useChange({ answer: Done, touches: [path] })
  const [going, setGoing] = useState(false)
  const check = useAsk(SystemCheck, path, going ? { every: LOOK_EVERY_MS } : {}).data ?? null
  const asked = check !== null && check.finishedAt === null
  const late = asked && Date.parse(check.askedAt) < Date.now() - PATIENCE_MS
  useEffect(() => setGoing(asked && !late), [asked, late])
  const mayTest = useMayAdminister()
  return (
    <Stack gap="sm">
      {mayTest && (
        <Group>
          <Button
            variant="default"
            loading={isPending || going}
            aria-label={t('administer.system.test.of', { system: id })}
            onClick={() => mutate({ path, body: {} })}
          >
            {t('administer.system.test.do')}
          </Button>
        </Group>
      )}
      {error && <Problem error={error} />}
      <div role="status" aria-live="polite">
        {check && !going && <Seen check={check} late={late} />}
      </div>
    </Stack>
  )
}

function Seen({ check, late }: { readonly check: Check; readonly late: boolean }) {
  const t = useTexts()
  const findings = check.findings ?? []
  return (
    <Stack gap={4}>
      <List spacing={4} listStyleType="none">
        {findings.map((finding) => (
          <List.Item key={finding.code}>
            <Group gap="xs" wrap="nowrap" align="start">
              <StateBadge
                tone={finding.right ? 'good' : 'bad'}
                text={t(finding.right ? 'administer.system.right' : 'administer.system.wrong')}
              />
              <Text size="sm" component="div">
                <Found finding={finding} />
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
      {late && <Text size="sm">{t('administer.system.test.late')}</Text>}
      <Text size="sm" c="dimmed">
        {t('administer.system.test.by', { account: check.askedBy })}{' '}
        <LocalTime at={check.finishedAt ?? check.askedAt} />
      </Text>
    </Stack>
  )
}

function Found({ finding }: { readonly finding: NonNullable<Check['findings']>[number] }) {
  const t = useTexts()
  const words = rightWords(finding)
  return words ? t(words) : <WhatHappened code={finding.code} sentence={finding.sentence} />
}
