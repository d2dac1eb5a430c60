import { use } from 'react'
import { MeContext } from '../shared/me.ts'
import { GoTo } from './go-to.tsx'
import { useCurrentHospital } from './current-hospital.ts'
import { firstPage } from './navigable.ts'

/** The page that the reader begins with; the sign-in page when nobody is known. */
export function Home() {
  const me = use(MeContext)
  return me ? <FirstPage /> : <GoTo to="/sign-in" />
}

function FirstPage() {
  const me = use(MeContext)
  const hospital = useCurrentHospital()
  return <GoTo to={(me && firstPage(me, hospital)?.to) ?? '/account'} />
}
