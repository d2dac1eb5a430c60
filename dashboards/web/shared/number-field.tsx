import { TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useLanguage } from './use-texts.ts'

export interface NumberFieldProps {
  readonly label: ReactNode
  readonly description?: ReactNode
  readonly error?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
  readonly readOnly?: boolean
  readonly id?: string
  /** `undefined` while nothing is filled in. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  /** What is outside is brought inside when the field is left. */
  readonly min?: number
  readonly max?: number
  /** How many figures may follow the comma; none when left out. */
  readonly decimals?: number
  /** Whether it may be below zero; when left out that follows from `min`. */
  readonly negative?: boolean
}

/** A number, typed with a comma or a point. What cannot be in a number cannot be typed. */
export function NumberField({ value, onChange, min, max, decimals = 0, ...more }: NumberFieldProps) {
  const { negative = min === undefined || min < 0, ...field } = more
  const comma = useLanguage() === 'nl' ? ',' : '.'
  // What is being typed stays as it is until the field is left.
  const [typed, setTyped] = useState<string>()
  const change = (text: string) => {
    const kept = numeric(text, { decimals, negative })
    setTyped(kept)
    onChange(numberOf(kept))
  }
  const leave = () => {
    setTyped(undefined)
    if (value === undefined) return
    const within = Math.min(Math.max(value, min ?? value), max ?? value)
    if (within !== value) onChange(within)
  }
  return (
    <TextInput
      {...field}
      inputMode={decimals === 0 ? 'numeric' : 'decimal'}
      value={typed ?? written(value, decimals).replace('.', comma)}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}

const written = (value: number | undefined, decimals: number): string =>
  value === undefined ? '' : String(Number(value.toFixed(decimals)))

/** What of a text can stand in a number of so many decimals. */
function numeric(text: string, { decimals, negative }: { decimals: number; negative: boolean }): string {
  const sign = negative && text.trim().startsWith('-') ? '-' : ''
  if (decimals === 0) return sign + text.replaceAll(/\D/g, '')
  const figures = text.replaceAll(/[^\d.,]/g, '')
  return sign + (new RegExp(`^\\d*(?:[.,]\\d{0,${decimals}})?`).exec(figures)?.[0] ?? '')
}

function numberOf(typed: string): number | undefined {
  return /\d/.test(typed) ? Number(typed.replace(',', '.')) : undefined
}
