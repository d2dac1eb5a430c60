import { z } from 'zod'
import { Title } from './item-schemas.ts'

/** `GET /api/hospitals/:hospital/lists/:deployment`: the columns that a list for this deployment has. */
export const ListPath = z.object({ hospital: z.string().max(40), deployment: z.string().max(80) })
export const ListColumns = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      title: Title,
      description: Title.nullable(),
      needed: z.boolean(),
      kind: z.enum(['text', 'date', 'number', 'yes-or-no']),
    }),
  ),
  mostRows: z.number(),
})

/** `POST /api/hospitals/:hospital/lists/:deployment`: a form with one `file`, CSV or Excel. */
export const ListFile = z.object({
  file: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'choose a CSV or Excel file'),
})

/** What was found in it. With an error nothing can be accepted. */
export const ListCheck = z.object({
  /** To accept it by; null while there are errors. */
  id: z.uuid().nullable(),
  rows: z.number(),
  errors: z.array(
    z.object({
      ...{ row: z.number(), code: z.string(), sentence: z.string() },
      /** What the column is called that it is about; null for the whole row. */
      column: Title.nullable(),
    }),
  ),
  /** More than are shown. */
  moreErrors: z.number(),
})

/** `POST /api/hospitals/:hospital/lists/:deployment/:list` */
export const AcceptPath = ListPath.extend({ list: z.uuid() })
export const ListAccepted = z.object({ run: z.uuid(), items: z.number() })
