import { useLanguage } from './use-texts.ts'

interface Numbers {
  /** 1.234,5 with so many decimals, none when left out; rounded for showing only. */
  readonly number: (value: number, decimals?: number) => string
  /** With as many decimals as it has, up to ten: for what is computed with, which must not be rounded first. */
  readonly exact: (value: number) => string
  /** € 1.234,50 of decimal text or a number. */
  readonly euros: (value: string | number) => string
}

/** Figures as the reader's language writes them. */
export function useNumbers(): Numbers {
  const locale = useLanguage() === 'nl' ? 'nl-NL' : 'en-GB'
  return {
    number: (value, decimals = 0) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }).format(value),
    exact: (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value),
    // A line would break after a hyphen, so that an amount below nothing looks like one above.
    euros: (value) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
        .format(Number(value))
        .replace('-', '−'),
  }
}
