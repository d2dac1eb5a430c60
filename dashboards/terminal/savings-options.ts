/** What `savings` was asked for. */
export interface SavingsOptions {
  readonly from: string
  readonly to: string
  readonly hospital?: string
  readonly format: 'table' | 'json' | 'csv' | 'csv-counts' | 'xlsx' | 'pdf'
  readonly language: 'nl' | 'en'
  readonly out?: string
}

/** Work counts by local day of the country's clock when a report covers several hospitals. */
export const TIME_ZONE = 'Europe/Amsterdam'
