import { z } from 'zod'
import { alerts, faultsIn, form, type Field, type Values } from '../web/form.ts'
import { markup, list } from '../web/html.ts'
import { SHOWS_PATIENT, type Site } from '../web/site.ts'
import type { Answer, Visit } from '../web/visit.ts'
import type { Patient } from '../patients.ts'
import { epdPage, notFound, patientBar, shownPatient } from './shell.ts'

const documentSchema = z.object({
  number: z.string(),
  zis: z.string(),
  title: z.string(),
  kind: z.string(),
  marker: z.string(),
  file: z.string(),
  /** Bytes. */
  size: z.number(),
  sha256: z.string(),
})
type Document = z.output<typeof documentSchema>

const FIELDS: readonly Field[] = [
  { name: 'titel', label: 'Titel', required: true },
  {
    name: 'soort',
    label: 'Soort',
    type: 'select',
    options: ['Verwijsbrief', 'Uitslag', 'Overig'],
    required: true,
  },
  { name: 'extern-kenmerk', label: 'Extern kenmerk' },
  { name: 'bestand', label: 'Bestand', type: 'file', required: true },
]

/** The documents of a patient, and uploading one. */
export function addDocuments(site: Site): void {
  const { store, witness, patients } = site.hospital
  const documents = store.collection('epd/documents', documentSchema)
  const path = '/patienten/:zis/documenten'
  const show = (visit: Visit) => {
    const patient = shownPatient(site, visit)
    return patient ? documentsPage(site, documents.all(), patient, visit) : notFound('Deze patiënt')
  }
  site.page('GET', path, show, SHOWS_PATIENT)
  site.change(path, {
    check: (visit) => {
      const patient = patients.get(visit.parameter('zis'))
      const wrong = faultsIn(FIELDS, visit.form)
      if (!patient) return notFound('Deze patiënt')
      return wrong.length > 0 ? documentsPage(site, documents.all(), patient, visit, wrong) : undefined
    },
    apply: ({ form: values, parameter, account }) => {
      const document = read(values, parameter('zis'), documents.size() + 1)
      documents.put(document.number, document)
      const { zis, title, marker, ...detail } = document
      witness.record({ kind: 'document-uploaded', key: `${zis}/${title}`, marker, account, detail })
      const answer = { to: `/patienten/${zis}/documenten?toegevoegd=1` }
      return { answer, record: `document/${document.number}` }
    },
  })
}

function documentsPage(
  { hospital }: Site,
  all: readonly Document[],
  patient: Patient,
  visit: Visit,
  wrong: readonly string[] = [],
): Answer {
  const own = all.filter(
    ({ zis, number }) => zis === patient.zis && !hospital.faults.hidden(`document/${number}`),
  )
  const rows = own.map(({ title, kind, file, marker }) => [title, kind, file, marker])
  const action = `/patienten/${patient.zis}/documenten`
  const shape = { action, button: 'Uploaden', fields: FIELDS, multipart: true }
  const added = visit.query('toegevoegd') && markup`<p role="status">Document toegevoegd</p>`
  const body = markup`${patientBar(patient)}${added}
    ${list('Documenten', ['Titel', 'Soort', 'Bestandsnaam', 'Extern kenmerk'], rows)}
    <h2>Document toevoegen</h2>
    ${alerts(wrong)}${form(shape, visit.form, visit.change)}`
  return { status: wrong.length > 0 ? 422 : 200, page: epdPage('Documenten', body) }
}

function read(values: Values, zis: string, number: number): Document {
  return {
    number: String(number),
    zis,
    title: values['titel']?.trim() ?? '',
    kind: values['soort'] ?? '',
    marker: values['extern-kenmerk']?.trim() ?? '',
    file: values['bestand'] ?? '',
    size: Number(values['bestand.size'] ?? 0),
    sha256: values['bestand.sha256'] ?? '',
  }
}
