/**
 * The bytes of a text in ISO 8859/1. What that set lacks is written as Dutch hospital systems do: without its
 * diacritic, a straight apostrophe for a curled one, and a question mark for all else.
 */
export function toLatin1(text: string): Buffer {
  return Buffer.from([...text].map(nearest).join(''), 'latin1')
}

function nearest(character: string): string {
  if (fits(character)) return character
  if (character === '’' || character === '‘') return "'"
  const bare = character.normalize('NFD').replace(/\p{M}/gu, '')
  return [...bare].every(fits) && bare !== '' ? bare : '?'
}

function fits(character: string): boolean {
  return (character.codePointAt(0) ?? Infinity) <= 0xff
}
