import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMe } from '../shared/me.ts'

const REMEMBERED = 'ontregel-hospital'

/** The hospital of the page; on a page without one, the one that was looked at last. Undefined for who has none. */
export function useCurrentHospital(): string | undefined {
  const { hospitals } = useMe()
  const values: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const ofPage = values['hospital']
  useEffect(() => {
    if (ofPage !== undefined) localStorage.setItem(REMEMBERED, ofPage)
  }, [ofPage])
  if (ofPage !== undefined) return ofPage
  const remembered = localStorage.getItem(REMEMBERED)
  return hospitals.find(({ id }) => id === remembered)?.id ?? hospitals[0]?.id
}
