import { z } from 'zod'

const mapping = z.strictObject({
  portal: z
    .string()
    .min(1)
    .meta({ title: 'In het portaal', description: 'De tekst zoals het verwijsportaal die toont.' }),
  epd: z.string().min(1).meta({ title: 'In het EPD', description: 'De keuze zoals het EPD die aanbiedt.' }),
})
export type Mapping = readonly z.output<typeof mapping>[]

/** What an administrator fills in; the titles and descriptions are the form's. */
export const settings = z.object({
  specialties: z.array(mapping).min(1).meta({
    title: 'Specialismen',
    description:
      'Welk specialisme van het portaal welk specialisme in het EPD is. Een verwijzing voor een specialisme dat hier niet staat, komt op de uitvallijst.',
  }),
  urgencies: z
    .array(mapping)
    .min(1)
    .default([
      { portal: 'Regulier', epd: 'Regulier' },
      { portal: 'Spoed', epd: 'Spoed' },
    ])
    .meta({
      title: 'Urgenties',
      description: 'Welke urgentie van het portaal welke urgentie in het EPD is.',
    }),
  patientNumberSystem: z.string().min(1).meta({
    title: 'Stelsel van het patiëntnummer',
    description: 'Het FHIR-systeem (URI) waaronder een Patient het patiëntnummer van dit ziekenhuis draagt.',
  }),
  referralNumberSystem: z.string().min(1).meta({
    title: 'Stelsel van het verwijsnummer',
    description: 'Het FHIR-systeem (URI) waaronder de brief het verwijsnummer krijgt.',
  }),
  markerSystem: z.string().min(1).default('urn:ontregel:marker').meta({
    title: 'Stelsel van het kenmerk',
    description:
      'Het FHIR-systeem (URI) waaronder de robot zijn eigen kenmerk achterlaat; daaraan vindt hij zijn werk terug.',
  }),
  letterTypeSystem: z.string().min(1).default('http://loinc.org').meta({
    title: 'Codestelsel van het documenttype',
    description: 'Het codestelsel waarin het type van de brief is uitgedrukt.',
  }),
  letterTypeCode: z.string().min(1).default('57133-1').meta({
    title: 'Code van het documenttype',
    description: 'De code waaronder de verwijsbrief wordt opgeborgen; 57133-1 is een verwijsbrief in LOINC.',
  }),
  maxLetterMegabytes: z.number().positive().max(50).default(20).meta({
    title: 'Grootste brief (MB)',
    description: 'Een grotere brief leest de robot niet; de verwijzing komt dan op de uitvallijst.',
  }),
  maxReasonLength: z.int().min(1).default(500).meta({
    title: 'Langste reden van verwijzing (tekens)',
    description:
      'Zoveel tekens neemt het EPD aan. De robot kort nooit in: een langere reden komt op de uitvallijst.',
  }),
  maxInboxPages: z.int().min(1).default(40).meta({
    title: "Meeste pagina's van het postvak",
    description: 'Zoveel pagina’s leest de robot per ronde; wat daarna komt, is voor de volgende ronde.',
  }),
})
export type Settings = z.output<typeof settings>
