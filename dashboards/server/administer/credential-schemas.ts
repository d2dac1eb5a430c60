import { z } from 'zod'
import { EnteredCredentials } from '../../../orchestrator/work/credential-forms.ts'

/** `PUT /api/hospitals/:hospital/systems/:system/credentials` */
export const EnterCredentials = z.strictObject({
  entered: EnteredCredentials,
  /** The local day by which they must be renewed. */
  renewOn: z.iso.date('write year, month and day, such as 2027-01-31').nullable(),
})
