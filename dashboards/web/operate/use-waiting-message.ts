import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { z } from 'zod'
import { MessagePage, type OneMessage } from '../../server/operate/message-schemas.ts'
import { askKey, useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'

const LOOK_EVERY_MS = 2_000

/**
 * Asks for an opened message again once it waits no more, such as after it was replayed. Meanwhile it looks in the list:
 * every opening of the message itself is written in the access log, and a person opens it once.
 */
export function useWaitingMessage(message: z.output<typeof OneMessage> | undefined): void {
  const { api } = useHospital()
  const queries = useQueryClient()
  const id = message?.id
  const waits = message?.state === 'stored'
  const body = { controlId: message?.controlId, channel: message?.channel }
  const listed = useAsk(MessagePage, `${api}/messages/search`, { body, when: waits, every: LOOK_EVERY_MS })
  const state = listed.data?.rows.find((row) => row.id === id)?.state
  const sorted = waits && state !== undefined && state !== 'stored'
  useEffect(() => {
    if (sorted) void queries.invalidateQueries({ queryKey: askKey(`${api}/messages/${id}`) })
  }, [sorted, queries, api, id])
}
