import { useNumbers } from '../shared/use-numbers.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** How much room something takes: `12,3 MB`. */
export function useSize(): (bytes: number) => string {
  const { number } = useNumbers()
  return (bytes) => {
    let [size, unit] = [bytes, 0]
    while (size >= 1000 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1]
    return `${number(size, unit === 0 ? 0 : 1)} ${UNITS[unit] ?? ''}`
  }
}
