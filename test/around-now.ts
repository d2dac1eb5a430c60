const year = new Date().getUTCFullYear()

/** Nine years with today in the middle of them: as many as a report or a recount takes, whenever a test runs. */
export const AROUND_NOW = { from: `${year - 4}-01-01`, to: `${year + 4}-12-31` }
