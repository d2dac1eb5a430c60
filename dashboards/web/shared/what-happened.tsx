import { Text } from '@mantine/core'
import { useFailureSentence } from './failure-sentence.ts'
import { useTexts } from './use-texts.ts'

interface WhatHappenedProps {
  readonly code: string | null | undefined
  /** As the ledger keeps it: English, or a person's own words. */
  readonly sentence: string | null
  /** In a row of a list, where the whole story is one click away: without the server's own words. */
  readonly brief?: boolean
}

/** What the ledger says of an item or another thing, in the reader's language where its code is known. */
export function WhatHappened({ code, sentence, brief = false }: WhatHappenedProps) {
  const told = useFailureSentence()(code, sentence ?? '')
  return (
    <>
      <span className="breaks">{told.text}</span>
      {!brief && told.original !== undefined && <Original sentence={told.original} />}
    </>
  )
}

/** The server's own words, for what names a field or a system. */
export function Original({ sentence }: { readonly sentence: string }) {
  const t = useTexts()
  return (
    <Text component="details" size="sm" c="dimmed">
      <summary>{t('shared.original')}</summary>
      <span className="breaks" lang="en">
        {sentence}
      </span>
    </Text>
  )
}
