import type { z } from 'zod'
import type { AdoptionMatrix } from '../../server/programme/adoption-schemas.ts'
import { useInLanguage } from '../shared/use-texts.ts'

export type Matrix = z.output<typeof AdoptionMatrix>
export type MatrixBot = Matrix['bots'][number]
export type MatrixCell = Matrix['adoption'][number]

/** The title of a robot in the language of the reader; its name when it is not of the catalogue. */
export function useBotTitle(): (bot: MatrixBot) => string {
  const inLanguage = useInLanguage()
  return ({ name, title }) => (title ? inLanguage(title) : name)
}
