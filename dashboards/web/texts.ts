import { texts as administer } from './administer/texts.ts'
import { texts as door } from './door/texts.ts'
import { texts as items } from './items/texts.ts'
import { texts as operate } from './operate/texts.ts'
import { texts as programme } from './programme/texts.ts'
import { texts as savings } from './savings/texts.ts'
import { texts as shared } from './shared/texts.ts'

/** Every word on the screen, in both languages. */
export const texts = {
  nl: {
    ...shared.nl,
    ...door.nl,
    ...administer.nl,
    ...items.nl,
    ...operate.nl,
    ...savings.nl,
    ...programme.nl,
  },
  en: {
    ...shared.en,
    ...door.en,
    ...administer.en,
    ...items.en,
    ...operate.en,
    ...savings.en,
    ...programme.en,
  },
}

export type Language = keyof typeof texts

/** `items.found_one` and `items.found_other` are asked for as `items.found`, with a `count`. */
type WithoutPlural<Key> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key
export type TextKey = WithoutPlural<keyof (typeof texts)['nl']>
