/** The letters of a column of a sheet, for formulas: 0 is A, 25 is Z, 26 is AA, 702 is AAA. */
export function columnLetters(place: number): string {
  if (!Number.isInteger(place) || place < 0)
    throw new RangeError(`${place} is no place of a column; 0 is the first.`)
  const last = String.fromCodePoint(65 + (place % 26))
  return place < 26 ? last : `${columnLetters(Math.floor(place / 26) - 1)}${last}`
}
