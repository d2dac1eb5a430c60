import { useNavigate, useSearch } from '@tanstack/react-router'

/**
 * A word after the question mark of the address, such as `?state=parked`, so that a filter survives a reload and can
 * be sent to somebody. Nothing of a patient.
 * @returns the word, empty when it is not there, and a function that changes it
 */
export function useSearchWord(name: string): readonly [string, (word: string) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const value = search[name]
  const change = (word: string) => {
    void navigate({
      to: '.',
      search: { ...search, [name]: word === '' ? undefined : word },
      replace: true,
    })
  }
  return [typeof value === 'string' ? value : '', change]
}
