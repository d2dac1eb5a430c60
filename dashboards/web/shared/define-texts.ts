/** The words of one area. A key begins with the area: `items.found`. */
export interface AreaTexts<Key extends string> {
  readonly nl: Readonly<Record<Key, string>>
  readonly en: Readonly<Record<Key, string>>
}

/** Words in both languages; a key that one of them lacks does not compile. */
export function defineTexts<const Dutch extends Readonly<Record<string, string>>>(texts: {
  readonly nl: Dutch
  readonly en: Readonly<Record<keyof Dutch & string, string>>
}): AreaTexts<keyof Dutch & string> {
  return texts
}
