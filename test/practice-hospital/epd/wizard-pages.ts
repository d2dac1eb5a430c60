import type { Patient } from '../patients.ts'
import { SPECIALISMS, URGENCIES } from '../specialisms.ts'
import { dateFault } from '../web/dutch-date.ts'
import { alerts, form, hiddenInputs, type Field, type Values } from '../web/form.ts'
import { markup, properties, raw, type Markup } from '../web/html.ts'
import type { Answer } from '../web/visit.ts'
import { CALENDAR_SCRIPT, CALENDAR_WIDGET } from './calendar.ts'
import { epdPage, patientBar } from './shell.ts'

export const STEP_1: readonly Field[] = [
  { name: 'specialisme', label: 'Specialisme', type: 'select', options: SPECIALISMS, required: true },
  { name: 'urgentie', label: 'Urgentie', type: 'select', options: URGENCIES, required: true },
  { name: 'agb', label: 'AGB-code verwijzer', required: true, check: agbFault },
  { name: 'verwijsnummer', label: 'Verwijsnummer', required: true },
  { name: 'extern-kenmerk', label: 'Extern kenmerk' },
]
export const STEP_2: readonly Field[] = [
  { name: 'verwijsdatum', label: 'Verwijsdatum', type: 'calendar', required: true, check: dateFault },
  { name: 'reden', label: 'Reden van verwijzing', type: 'textarea', required: true, check: reasonFault },
]

/** What a page of the wizard is shown with. */
export interface WizardView {
  readonly id: string
  readonly patient: Patient
  readonly values: Values
  readonly wrong: readonly string[]
  readonly change?: number | undefined
}

export function stepOne(view: WizardView): Answer {
  return step(
    view,
    1,
    form(
      { action: `/verwijzing/${view.id}/1`, button: 'Volgende', fields: STEP_1 },
      view.values,
      view.change,
    ),
  )
}

export function stepTwo(view: WizardView): Answer {
  const fields = form(
    { action: `/verwijzing/${view.id}/2`, button: 'Volgende', fields: STEP_2 },
    view.values,
    view.change,
  )
  const body = markup`${fields}${CALENDAR_WIDGET}
    <nav><a href="/verwijzing/${view.id}/1">Vorige</a></nav>
    <script>
      ${raw(CALENDAR_SCRIPT)}
    </script>`
  return step(view, 2, body)
}

/** The summary; the button asks 'Weet u het zeker?' in a modal before anything is posted. */
export function stepThree(view: WizardView): Answer {
  const rows = [...STEP_1, ...STEP_2].map(({ name, label }) => [label, view.values[name] ?? ''] as const)
  const body = markup`${properties('Samenvatting', rows)}
    <p>
      <button type="button" id="registreren">Registreren</button>
      <a href="/verwijzing/${view.id}/2">Vorige</a>
    </p>
    <dialog aria-labelledby="zeker">
      <h2 id="zeker">Weet u het zeker?</h2>
      <p>De verwijzing wordt vastgelegd in het dossier.</p>
      <form method="post" action="/verwijzing/${view.id}/registreren">
        ${hiddenInputs({ akkoord: 'ja' })} <button type="submit">Ja, registreren</button>
        <button type="button" id="terug">Nee, terug</button>
      </form>
    </dialog>
    <script>
      ${raw(MODAL_SCRIPT)}
    </script>`
  return step(view, 3, body)
}

const MODAL_SCRIPT = `const vraag = document.querySelector('dialog')
document.getElementById('registreren').onclick = () => vraag.showModal()
document.getElementById('terug').onclick = () => vraag.close()`

function step({ patient, wrong }: WizardView, number: number, body: Markup): Answer {
  const heading = `Verwijzing registreren - stap ${number} van 3`
  return {
    status: wrong.length > 0 ? 422 : 200,
    page: epdPage(heading, markup`${patientBar(patient)}${alerts(wrong)}${body}`),
  }
}

function agbFault(text: string): string | undefined {
  return /^\d{8}$/.test(text) ? undefined : 'Een AGB-code heeft acht cijfers.'
}

function reasonFault(text: string): string | undefined {
  return text.length <= 500 ? undefined : 'De reden mag hooguit 500 tekens lang zijn.'
}
