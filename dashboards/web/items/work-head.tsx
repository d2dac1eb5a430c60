import { Code, Text } from '@mantine/core'
import { Card } from '../shared/card.tsx'
import { Duration } from '../shared/duration.tsx'
import { Facts } from '../shared/facts.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Opened } from './answers.ts'
import type { MeasuredTime } from './use-work-beats.ts'

interface WorkHeadProps {
  readonly item: Opened
  readonly measured: MeasuredTime
  readonly saved: boolean
}

/** What is the matter with it, and the time that is measured. */
export function WorkHead({ item, measured, saved }: WorkHeadProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const facts = [
    { title: t('items.list.reference'), value: item.reference },
    { title: t('items.list.bot'), value: item.botTitle ? inLanguage(item.botTitle) : item.bot },
    { title: t('items.list.arrived'), value: <LocalTime at={item.arrivedAt} shape="full" /> },
    { title: t('items.one.marker'), value: <Code>{item.marker}</Code> },
    { title: t('items.working.measured'), value: <MeasuredText measured={measured} /> },
  ]
  return (
    <Card title={t('items.working.what')}>
      <Text component="div">
        <WhatHappened code={item.code} sentence={item.sentence} />
      </Text>
      <Facts facts={facts} />
      <Text size="sm" c="dimmed">
        {saved ? t('items.working.saved') : ' '}
      </Text>
    </Card>
  )
}

function MeasuredText({ measured }: { readonly measured: MeasuredTime }) {
  const t = useTexts()
  return (
    <>
      <Duration seconds={Math.max(1, measured.seconds)} />
      {measured.byHandAt !== null && ` (${t('items.working.stopped')})`}
    </>
  )
}
