/** One field as a person would fill it in: by the label on the page. */
export interface Field {
  /** As on the page; a colon or an asterisk at its end does not matter. */
  readonly label: string
  /** The text; of a list the text of the option, of a checkbox `true` or `false`, of a date `2026-11-21`. */
  readonly value: string
  /** What the field shows afterwards where that is not what was filled in, such as `1234 AB`. */
  readonly shown?: string
}

export type FillProblem = 'missing' | 'ambiguous' | 'closed' | 'too-long' | 'no-option' | 'differs'
export type FirstProblem = readonly [label: string, problem: FillProblem] | undefined
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/**
 * Runs inside the page, in one go: fills every field, then looks all of them up anew and reads them back. Gives the
 * first problem. It is sent there as text, so it may use nothing from outside itself.
 */
export async function fillInPage(root: Element, fields: readonly Field[]): Promise<FirstProblem> {
  const plain = (text?: string | null) => (text ?? '').replace(/\s+/g, ' ').replace(/^ |[ :*]+$/g, '')
  // A label around its control also holds that control's own text, such as the options of a list.
  const own = (label: Element) =>
    [...label.childNodes].map((node) => ('form' in node ? '' : node.textContent)).join(' ')
  const labels = (control: Control) => [...(control.labels ?? []), ...(control.ariaLabelledByElements ?? [])]
  const names = (control: Control) => [control.ariaLabel, ...labels(control).map(own)].map(plain)
  const find = (label: string) =>
    [...root.querySelectorAll<Control>('input, select, textarea')].filter(
      (control) => names(control).includes(plain(label)) && control.checkVisibility(),
    )
  const read = (control?: Control) => {
    if (control instanceof HTMLSelectElement) return control.selectedOptions[0]?.label
    return control?.matches('[type=checkbox]') ? String(control.matches(':checked')) : control?.value
  }
  const write = (control: Control, value: string) => {
    if (control.matches('[type=checkbox]')) return read(control) === value || control.click()
    // The control's own setter: frameworks put theirs in front of it and would miss the change.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value)
    for (const type of ['input', 'change', 'focusout'])
      control.dispatchEvent(new Event(type, { bubbles: true }))
    return control.dispatchEvent(new Event('blur'))
  }
  for (const { label, value } of fields) {
    const [control, other] = find(label)
    if (!control || other) return [label, control ? 'ambiguous' : 'missing']
    if (control.matches(':disabled, [readonly]')) return [label, 'closed']
    const room = 'maxLength' in control && control.maxLength >= 0 ? control.maxLength : Infinity
    if (value.length > room) return [label, 'too-long']
    const options =
      'options' in control ? [...control.options].filter((one) => one.label === value) : undefined
    if (options && options.length !== 1) return [label, 'no-option']
    write(control, options?.[0]?.value ?? value)
  }
  await new Promise((resolve) => setTimeout(resolve, 0))
  const wrong = fields.find(({ label, value, shown }) => read(find(label)[0]) !== (shown ?? value))
  return wrong && [wrong.label, 'differs']
}
