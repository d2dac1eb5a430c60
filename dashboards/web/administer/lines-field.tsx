import { Textarea } from '@mantine/core'
import { useState } from 'react'

interface LinesFieldProps {
  readonly label: string
  readonly hint: string
  readonly lines: readonly string[]
  readonly error?: string | undefined
  readonly onChange: (lines: string[]) => void
}

/** A list with one entry on each line; what is typed stays as it is typed. */
export function LinesField({ label, hint, lines, error, onChange }: LinesFieldProps) {
  const [text, setText] = useState(lines.join('\n'))
  const change = (typed: string) => {
    setText(typed)
    onChange(
      typed
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
  }
  return (
    <Textarea
      label={label}
      description={hint}
      autosize
      minRows={2}
      value={text}
      error={error}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
