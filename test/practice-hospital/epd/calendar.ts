import { markup } from '../web/html.ts'

/** A button that opens a month of days beside the field `verwijsdatum`; typing the date works as well. */
export const CALENDAR_WIDGET = markup`<p>
    <button type="button" id="kalender-openen" aria-expanded="false">Kalender openen</button>
  </p>
  <div role="dialog" aria-label="Kalender" id="kalender" hidden>
    <p>
      <button type="button" id="vorige-maand">Vorige maand</button>
      <strong id="maand" aria-live="polite"></strong>
      <button type="button" id="volgende-maand">Volgende maand</button>
    </p>
    <div role="grid" aria-label="Dagen" id="dagen"></div>
  </div>`

/** Fills the month; a day button is named `9 maart 1948`. */
export const CALENDAR_SCRIPT = `(() => {
const pick = (id) => document.getElementById(id)
const field = pick('veld-verwijsdatum'), popup = pick('kalender'), opener = pick('kalender-openen')
const months = ['januari','februari','maart','april','mei','juni','juli','augustus','september','oktober','november','december']
const two = (n) => String(n).padStart(2, '0')
let shown = new Date()
const draw = () => {
  const year = shown.getFullYear(), month = shown.getMonth()
  pick('maand').textContent = months[month] + ' ' + year
  const days = new Date(year, month + 1, 0).getDate()
  pick('dagen').replaceChildren(...Array.from({ length: days }, (_, i) => {
    const day = document.createElement('button')
    day.type = 'button'
    day.textContent = i + 1
    day.setAttribute('aria-label', (i + 1) + ' ' + months[month] + ' ' + year)
    day.onclick = () => { field.value = two(i + 1) + '-' + two(month + 1) + '-' + year; toggle(false) }
    return day
  }))
}
const toggle = (open) => { popup.hidden = !open; opener.setAttribute('aria-expanded', open); if (open) draw() }
const move = (by) => () => { shown = new Date(shown.getFullYear(), shown.getMonth() + by, 1); draw() }
opener.onclick = () => toggle(popup.hidden)
pick('vorige-maand').onclick = move(-1)
pick('volgende-maand').onclick = move(1)
})()`
