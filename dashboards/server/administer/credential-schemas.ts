import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { EnteredCredentials } from '../../../orchestrator/work/credential-forms.ts'

/** `PUT /api/hospitals/:hospital/systems/:system/credentials` */
export const EnterCredentials = z.strictObject({
  entered: EnteredCredentials,
  /** The local day by which they must be renewed. */
  renewOn: Day.nullable(),
})
