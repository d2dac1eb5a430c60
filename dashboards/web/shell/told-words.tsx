import { useEffect, useState } from 'react'
import { hearTold } from '../shared/told.ts'

const SHOWN_MS = 6_000

/** Where the short words are shown and spoken, one at a time. The place is always there: a screen reader hears only what changes in it. */
export function ToldWords() {
  const [words, setWords] = useState('')
  useEffect(() => hearTold(setWords), [])
  useEffect(() => {
    if (words === '') return undefined
    const timer = setTimeout(() => setWords(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <div role="status" className="told">
      {words !== '' && <p>{words}</p>}
    </div>
  )
}
