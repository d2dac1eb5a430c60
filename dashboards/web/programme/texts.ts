import { defineTexts } from '../shared/define-texts.ts'
import { nl } from './texts-nl.ts'
import { en } from './texts-en.ts'

export const texts = defineTexts({ nl, en })
