import { defineTexts } from '../shared/define-texts.ts'
import { enNext } from './texts-en-next.ts'
import { en } from './texts-en.ts'
import { nlNext } from './texts-nl-next.ts'
import { nl } from './texts-nl.ts'

export const texts = defineTexts({ nl: { ...nl, ...nlNext }, en: { ...en, ...enNext } })
