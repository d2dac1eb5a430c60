import { describe, expect, test } from 'vitest'
import { texts as administer } from '../../../dashboards/web/administer/texts.ts'
import { texts as door } from '../../../dashboards/web/door/texts.ts'
import { texts as items } from '../../../dashboards/web/items/texts.ts'
import { texts as operate } from '../../../dashboards/web/operate/texts.ts'
import { texts as programme } from '../../../dashboards/web/programme/texts.ts'
import { texts as savings } from '../../../dashboards/web/savings/texts.ts'
import { texts as shared } from '../../../dashboards/web/shared/texts.ts'
import { readSourceFiles } from '../../source-files.ts'
import { literalText } from './literal-text.ts'

const AREAS: Readonly<
  Record<string, { nl: Readonly<Record<string, string>>; en: Readonly<Record<string, string>> }>
> = {
  administer,
  door,
  items,
  operate,
  programme,
  savings,
  shared,
}

const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted()

describe('the words on the screen', () => {
  test.each(Object.entries(AREAS))(
    'of %s are there in both languages, with the same holes',
    (area, { nl, en }) => {
      expect(Object.keys(en).toSorted()).toEqual(Object.keys(nl).toSorted())
      for (const [key, text] of Object.entries(nl)) {
        expect(key).toMatch(new RegExp(`^(${area}|error)\\.`))
        expect(text.trim()).not.toBe('')
        expect(en[key]?.trim()).not.toBe('')
        expect(holes(en[key] ?? ''), key).toEqual(holes(text))
      }
    },
  )

  test('no key is in two areas', () => {
    const keys = Object.values(AREAS).flatMap(({ nl }) => Object.keys(nl))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  test('a plural has both its forms', () => {
    const keys = new Set(Object.values(AREAS).flatMap(({ nl }) => Object.keys(nl)))
    const stems = [...keys].flatMap((key) => /^(.*)_(one|other)$/.exec(key)?.[1] ?? [])
    for (const stem of stems)
      expect([...keys]).toEqual(expect.arrayContaining([`${stem}_one`, `${stem}_other`]))
  })

  test('Dutch stays without "u" and "uw"', () => {
    const formal = Object.values(AREAS).flatMap(({ nl }) =>
      Object.entries(nl).filter(
        ([key, text]) => /\b(u|uw|Uw)\b/.test(text) && !key.startsWith('shared.duration.'),
      ),
    )
    expect(formal).toEqual([])
  })

  test('none stand in the pages themselves', async () => {
    const pages = (await readSourceFiles()).filter(({ file }) => file.endsWith('.tsx'))
    expect(pages.length).toBeGreaterThan(20)
    const found = pages.flatMap(({ file, text }) =>
      literalText(file, text).map((words) => `${file}: ${words}`),
    )
    expect(found).toEqual([])
  })
})

describe('the search for literal words', () => {
  test.each([
    ['<p>Hallo daar</p>', 'Hallo daar'],
    ['<p>{"Hallo"}</p>', 'Hallo'],
    ['<p>{ready ? "Klaar" : t("x.y")}</p>', 'Klaar'],
    ['<Field label="Naam" />', 'Naam'],
    ['<Field aria-label={`Rij ${n}`} />', 'Rij'],
    ['<PageFrame lead={late ? "Te laat" : undefined} />', 'Te laat'],
  ])('sees %s', (source, words) => {
    expect(literalText('page.tsx', `export const a = ${source}`)).toEqual([words])
  })

  test.each([
    '<p>{t("x.y")}</p>',
    '<Stack gap="md" align="start" />',
    '<b>· 3 ✓</b>',
    '<span>Ontregel</span>',
  ])('leaves %s alone', (source) => {
    expect(literalText('page.tsx', `export const a = ${source}`)).toEqual([])
  })
})
