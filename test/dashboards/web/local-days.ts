import { Temporal } from 'temporal-polyfill'

/** The local date so many days from today in the Netherlands. */
export const addDays = (days: number): string =>
  Temporal.Now.plainDateISO('Europe/Amsterdam').add({ days }).toString()
