import { z } from 'zod'

/** The field `file` of a form that is sent with a CSV file. */
export const CsvFile = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'choose a CSV file')
