import { defineTexts } from '../shared/define-texts.ts'
import { accessEn } from './access-texts-en.ts'
import { accessNl } from './access-texts-nl.ts'
import { channelEn } from './channel-texts-en.ts'
import { channelNl } from './channel-texts-nl.ts'
import { messageEn } from './message-texts-en.ts'
import { messageNl } from './message-texts-nl.ts'
import { en } from './texts-en.ts'
import { nl } from './texts-nl.ts'

export const texts = defineTexts({
  nl: { ...nl, ...accessNl, ...channelNl, ...messageNl },
  en: { ...en, ...accessEn, ...channelEn, ...messageEn },
})
