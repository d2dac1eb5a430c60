/**
 * Money as a whole number of 10⁻¹¹ euros: cents × hours in nine decimals, so that it adds up to the last digit. It is rounded
 * where it is shown, never before.
 */
export type Money = bigint

const HOUR_DECIMALS = 9
const CENT: Money = 10n ** BigInt(HOUR_DECIMALS)
const DECIMALS = HOUR_DECIMALS + 2

/** Cents of decimal text in euros; what is beyond cents is not kept by the ledger. */
export function inCents(euros: string): bigint {
  const [whole = '0', fraction = ''] = euros.split('.')
  return BigInt(`${whole}${fraction.slice(0, 2).padEnd(2, '0')}`)
}

/** An amount of cents. */
export const ofCents = (cents: bigint): Money => cents * CENT

/** What hours are worth at a rate in cents. */
export const worth = (hours: number, cents: bigint): Money =>
  BigInt(Math.round(hours * 10 ** HOUR_DECIMALS)) * cents

/** Decimal text in euros: two decimals, and more where there are more. */
export function inEuros(money: Money): string {
  const digits = String(money < 0n ? -money : money).padStart(DECIMALS + 1, '0')
  const decimals = digits.slice(-DECIMALS).replace(/0+$/, '').padEnd(2, '0')
  return `${money < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${decimals}`
}
