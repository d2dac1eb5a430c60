import { useParams } from '@tanstack/react-router'
import { useMe } from './me.ts'

/** What stands at `$name` in the address of this page, such as `item` of `/hospitals/$hospital/items/$item`. */
export function usePathValue(name: string): string {
  const values: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const value = values[name]
  if (value === undefined) throw new Error(`The address of this page has no $${name}.`)
  return value
}

/** The hospital of this page, and the beginning of its paths in the API and of its pages. */
export interface HospitalHere {
  readonly id: string
  readonly name: string
  /** `/api/hospitals/oost` */
  readonly api: string
  /** `/hospitals/oost` */
  readonly pages: string
}

/** The hospital in the address of this page. */
export function useHospital(): HospitalHere {
  const id = usePathValue('hospital')
  const name = useMe().hospitals.find((hospital) => hospital.id === id)?.name ?? id
  return { id, name, api: `/api/hospitals/${id}`, pages: `/hospitals/${id}` }
}
