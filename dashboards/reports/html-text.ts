/** HTML that was made here, so that it is not escaped once more. */
export interface Html {
  readonly html: string
}

type Part = Html | readonly Html[] | string | number

/** A template for HTML: what is filled in is shown as text, unless it was made by this template itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = texts.map((text, place) => text + partHtml(parts[place] ?? ''))
  return { html: written.join('') }
}

function partHtml(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map((each) => each.html).join('')
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)
