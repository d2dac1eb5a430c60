import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Changed } from '../../server/items/today-schemas.ts'
import type { z } from 'zod'
import { askKey } from '../shared/use-ask.ts'
import { live, useLive } from '../shared/use-live.ts'
import { useHospital } from '../shared/use-path.ts'

/** What the ledger told of: which deployments and items changed, and whether the worklist did. */
export type Change = z.output<typeof Changed>

/** A busy morning changes something every second; a page that moves that often cannot be read. */
const AT_MOST_EVERY_MS = 3000

/**
 * Asks these paths again when something changed at this hospital that the page shows, every three seconds at most.
 * @param matters left out, every change does
 */
export function useItemsLive(
  touches: readonly string[],
  matters: (change: Change) => boolean = () => true,
): void {
  const { api } = useHospital()
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const refresh = () => {
    timer.current = undefined
    for (const touched of touches) void queries.invalidateQueries({ queryKey: askKey(touched) })
  }
  const on = (change: Change) => {
    if (matters(change)) timer.current ??= setTimeout(refresh, AT_MOST_EVERY_MS)
  }
  useLive(`${api}/items/live`, { changed: live(Changed, on) })
}
