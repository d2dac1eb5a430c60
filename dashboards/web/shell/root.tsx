import { Outlet, useLocation } from '@tanstack/react-router'
import { use, useState } from 'react'
import { ArrivalContext } from '../shared/arrival.ts'
import { MeContext } from '../shared/me.ts'
import { Frame } from './frame.tsx'
import { PlainFrame } from './plain-frame.tsx'
import { Who } from './who.tsx'

/** Around every page: who it is, and the frame that belongs to that. */
export function Root() {
  const { pathname } = useLocation()
  const [arrival] = useState(() => ({ at: pathname }))
  return (
    <Who>
      <ArrivalContext value={arrival}>
        <Framed />
      </ArrivalContext>
    </Who>
  )
}

function Framed() {
  const me = use(MeContext)
  if (!me)
    return (
      <PlainFrame>
        <Outlet />
      </PlainFrame>
    )
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}
