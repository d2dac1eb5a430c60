import { use } from 'react'
import { MeContext } from '../shared/me.ts'
import { GoTo } from './go-to.tsx'
import { useCurrentHospital } from './current-hospital.ts'
import { navigablePages } from './navigable.ts'

/** The first page that the reader may open; the sign-in page when nobody is known. */
export function Home() {
  const me = use(MeContext)
  return me ? <FirstPage /> : <GoTo to="/sign-in" />
}

function FirstPage() {
  const me = use(MeContext)
  const hospital = useCurrentHospital()
  const [first] = me ? navigablePages(me, hospital) : []
  return <GoTo to={first?.pages[0]?.to ?? '/account'} />
}
