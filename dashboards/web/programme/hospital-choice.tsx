import { NativeSelect } from '@mantine/core'
import { rolesAt, useMe } from '../shared/me.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import { nameOf, type Place } from './use-places.ts'

const READERS = ['programme', 'administrator', 'auditor'] as const

interface ChosenHospital {
  /** Empty for all. */
  readonly hospital: string
  /** The end of a question to the API: `&hospital=oost`, or nothing. */
  readonly asked: string
  /** Those of which one reads figures. */
  readonly places: readonly Place[]
  readonly choose: (hospital: string) => void
}

/** The hospital in the address of this page, such as `?hospital=oost`; all of one's own when there is none. */
export function useChosenHospital(): ChosenHospital {
  const [hospital, choose] = useSearchWord('hospital')
  const me = useMe()
  const places = me.hospitals.filter(({ id }) =>
    rolesAt(me, id).some((role) => READERS.some((reader) => reader === role)),
  )
  const asked = hospital === '' ? '' : `&hospital=${encodeURIComponent(hospital)}`
  return { hospital, asked, places, choose }
}

/** One hospital or all; it stands in the address, so that it can be sent. Who has but one has nothing to choose. */
export function HospitalChoice({ hospital, places, choose }: ChosenHospital) {
  const t = useTexts()
  const ids = places.map(({ id }) => id)
  // What was sent by somebody with other hospitals is shown as it is, so that another can be chosen.
  const offered = hospital === '' || ids.includes(hospital) ? ids : [...ids, hospital]
  if (offered.length < 2) return null
  return (
    <NativeSelect
      label={t('programme.figuresof')}
      data={[
        { value: '', label: t('programme.allhospitals') },
        ...offered.map((id) => ({ value: id, label: nameOf(places, id) })),
      ]}
      value={hospital}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    />
  )
}
