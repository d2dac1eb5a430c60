import { defineTexts } from '../shared/define-texts.ts'
import { en } from './texts-en.ts'
import { nl } from './texts-nl.ts'

export const texts = defineTexts({ nl, en })
