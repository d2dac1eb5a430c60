import { defineTexts } from '../shared/define-texts.ts'
import { en } from './texts-en.ts'
import { nl } from './texts-nl.ts'
import { worklistEn } from './worklist-texts-en.ts'
import { worklistNl } from './worklist-texts-nl.ts'

export const texts = defineTexts({ nl: { ...nl, ...worklistNl }, en: { ...en, ...worklistEn } })
