import { describe, expect, test } from 'vitest'
import { fillFields } from '../../../connectors/browser/fields.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

const form = `
  <label>Naam * <input name=name></label>
  <label for=reason>Reden van  verwijzing:</label><textarea id=reason name=reason></textarea>
  <label>Specialisme <select name=specialty><option value=''>Kies</option><option value=1>Cardiologie</option><option value=2>Neurologie</option></select></label>
  <label>Spoed <input type=checkbox name=urgent></label>
  <label>Geboortedatum <input type=date name=born></label>
  <span id=extra>Aantal</span><input type=number aria-labelledby=extra name=count>
  <input aria-label="Opmerking" name=remark>`
const values = [
  { label: 'Naam', value: 'Ángela de Vríes-Jansen "van" \'t Hof' },
  { label: 'Reden van verwijzing', value: 'regel 1\r\nregel 2' },
  { label: 'Specialisme', value: 'Neurologie' },
  { label: 'Spoed', value: 'true' },
  { label: 'Geboortedatum', value: '1948-03-09' },
  { label: 'Aantal', value: '3' },
  { label: 'Opmerking', value: '' },
]
const shown = () => Object.fromEntries(new FormData(document.forms[0]).entries())

/** A page with this body, until the test ends. */
async function pageWith(body: string) {
  const site = await openSite((request) => (request.url === '/frame' ? `<form>${form}</form>` : body))
  const browsers = await openBrowsers()
  const page = await (await browsers.item(systemAt(site.origin))).page()
  const dispose = async () => {
    await browsers[Symbol.asyncDispose]()
    await site[Symbol.asyncDispose]()
  }
  return { page, [Symbol.asyncDispose]: dispose }
}

describe('fields', () => {
  test('of every kind are filled by their labels and read back, in a page, in one part and in a frame', async () => {
    await using opened = await pageWith(`<form>${form}</form><iframe src=/frame></iframe>`)
    const { page } = opened
    const expected = {
      name: values[0]?.value,
      reason: 'regel 1\nregel 2',
      specialty: '2',
      urgent: 'on',
      born: '1948-03-09',
      count: '3',
      remark: '',
    }
    await fillFields(page, values)
    expect(await page.evaluate(shown)).toEqual(expected)
    await fillFields(page.locator('form'), [...values, { label: 'Spoed', value: 'false' }].slice(4))
    expect(await page.evaluate(shown)).not.toHaveProperty('urgent')
    await fillFields(page.frameLocator('iframe'), values)
    expect(await page.frame({ url: /frame/ })?.evaluate(shown)).toEqual(expected)
  })

  test('are filled the way a framework that watches them notices', async () => {
    await using opened = await pageWith(`<label>Naam <input id=a></label><script>
      const a = document.getElementById('a'); const seen = window.seen = []
      Object.defineProperty(a, 'value', { set: () => seen.push('swallowed'), get: () => Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').get.call(a) })
      for (const type of ['input', 'change', 'focusout']) document.addEventListener(type, (e) => seen.push(type))
    </script>`)
    await fillFields(opened.page, [{ label: 'Naam', value: 'x' }])
    expect(await opened.page.evaluate('seen')).toEqual(['input', 'change', 'focusout'])
  })

  test.each([
    ['field-missing', '<label>Achternaam <input></label>'],
    ['field-missing', '<label hidden>Naam <input></label>'],
    ['field-ambiguous', '<label>Naam <input></label><label>Naam * <input></label>'],
    ['field-closed', '<label>Naam <input readonly></label>'],
    ['field-closed', '<fieldset disabled><label>Naam <input></label></fieldset>'],
    ['field-too-long', '<label>Naam <input maxlength=3></label>'],
    ['field-no-option', '<label>Naam <select><option>Vries</option></select></label>'],
    ['field-no-option', '<label>Naam <select><option>de Vries<option>de Vries</select></label>'],
    ['field-differs', '<label>Naam <input type=number></label>'],
    ['field-differs', '<label>Naam <input oninput="this.value=this.value.toUpperCase()"></label>'],
    [
      'field-differs',
      "<label>Naam <input onblur=\"this.closest('label').innerHTML='Naam <input>'\"></label>",
    ],
  ])('fail with %s and without the value: %s', async (code, body) => {
    await using opened = await pageWith(body)
    const filled = fillFields(opened.page, [{ label: 'Naam', value: 'de Vries' }], 'epd')
    await expect(filled).rejects.toMatchObject({ kind: 'unexpected', code, system: 'epd' })
    await expect(filled).rejects.toThrow('"Naam"')
    await expect(filled).rejects.not.toThrow('Vries')
  })

  test('that change one another are noticed, and a form that writes otherwise can be told', async () => {
    await using opened = await pageWith(
      `<label>Postcode <input id=p onblur="this.value=this.value.replace(/(\\d{4})(\\w\\w)/,'$1 $2')"></label>
       <label>Plaats <input oninput="document.getElementById('p').value=''"></label>`,
    )
    const postcode = { label: 'Postcode', value: '1234AB' }
    await expect(fillFields(opened.page, [postcode])).rejects.toMatchObject({ code: 'field-differs' })
    await fillFields(opened.page, [{ ...postcode, shown: '1234 AB' }])
    const both = [
      { ...postcode, shown: '1234 AB' },
      { label: 'Plaats', value: 'Ede' },
    ]
    await expect(fillFields(opened.page, both)).rejects.toThrow('"Postcode"')
  })
})
