import { defineTexts } from '../shared/define-texts.ts'
import { locatorEn } from './locator-texts-en.ts'
import { locatorNl } from './locator-texts-nl.ts'
import { en } from './texts-en.ts'
import { nl } from './texts-nl.ts'
import { placeEn } from './place-texts-en.ts'
import { placeNl } from './place-texts-nl.ts'
import { triggerEn } from './trigger-texts-en.ts'
import { triggerNl } from './trigger-texts-nl.ts'
import { workEn } from './work-texts-en.ts'
import { workNl } from './work-texts-nl.ts'

export const texts = defineTexts({
  nl: { ...nl, ...placeNl, ...workNl, ...triggerNl, ...locatorNl },
  en: { ...en, ...placeEn, ...workEn, ...triggerEn, ...locatorEn },
})
