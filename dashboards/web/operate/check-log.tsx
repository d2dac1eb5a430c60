import { Button, Code, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import { AccessVerdict } from '../../server/operate/access-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Dialog } from '../shared/dialog.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'

/** Has the chain of the log computed anew, and tells whether every row is as it was written. */
export function CheckLog() {
  const t = useTexts()
  const { api } = useHospital()
  const check = useChange({ answer: AccessVerdict })
  const opened = check.data !== undefined || check.error !== null
  return (
    <>
      <Button
        variant="default"
        loading={check.isPending}
        onClick={() => check.mutate({ path: `${api}/access-log/verify` })}
      >
        {t('operate.access.check')}
      </Button>
      {opened && (
        <Dialog onClose={check.reset} title={t('operate.access.check')}>
          {check.error && <Problem error={check.error} />}
          {check.data && <Verdict verdict={check.data} />}
        </Dialog>
      )}
    </>
  )
}

function Verdict({ verdict }: { readonly verdict: z.output<typeof AccessVerdict> }) {
  const t = useTexts()
  const { wrong, rows, waiting, end } = verdict
  const late = waiting > 0 && <Text size="sm">{t('operate.access.waiting', { count: waiting })}</Text>
  if (wrong)
    return (
      <Stack align="start">
        <StateBadge tone="bad" text={t('operate.access.wrong', { number: wrong.number })} />
        <Text component="div">
          <WhatHappened code="access-log-changed" sentence={wrong.sentence} />
        </Text>
      </Stack>
    )
  if (rows === 0)
    return (
      <Stack align="start">
        <Text>{t('operate.access.empty')}</Text>
        {late}
      </Stack>
    )
  return (
    <Stack align="start">
      <StateBadge tone="good" text={t('operate.access.fits', { count: rows })} />
      {late}
      <Text size="sm">{t('operate.access.end')}</Text>
      <Code className="breaks">{`${end.number}:${end.hash}`}</Code>
    </Stack>
  )
}
