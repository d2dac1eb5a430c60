import type { z } from 'zod'
import type { ListedMessage } from '../../server/operate/message-schemas.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import { useTexts } from '../shared/use-texts.ts'

interface WhyWaitsProps {
  readonly message: Pick<z.output<typeof ListedMessage>, 'reason' | 'reasonCode' | 'heldBehind'>
  /** In a row of a list. */
  readonly brief?: boolean
}

/** Why a message waits, was set aside, or was skipped: then in the words of who did. */
export function WhyWaits({ message: { reason, reasonCode, heldBehind }, brief = false }: WhyWaitsProps) {
  const t = useTexts()
  if (heldBehind !== null) return t('operate.messages.behind')
  return <WhatHappened code={reasonCode} sentence={reason} brief={brief} />
}
