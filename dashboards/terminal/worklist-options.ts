/** What a person gives to handle a parked item. */
export interface HandlingOptions {
  readonly account?: string
  readonly minutes?: number
  readonly data?: string
  readonly variant?: string
  readonly reference?: string
  readonly reason?: string
  /** Of a press of which the robot does not know: whether it stands in the hospital's system. */
  readonly happened?: 'yes' | 'no'
}

export type Handling = 'give-back' | 'done-by-hand' | 'cancel' | 'let-pass'

/** The options that each way of handling cannot do without. */
export const NEEDED: Readonly<Record<Handling, readonly (keyof HandlingOptions)[]>> = {
  'give-back': ['data', 'minutes', 'account'],
  'done-by-hand': ['variant', 'reference', 'minutes', 'account'],
  cancel: ['reason', 'minutes', 'account'],
  'let-pass': ['account'],
}
