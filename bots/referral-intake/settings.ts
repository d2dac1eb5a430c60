import { z } from 'zod'
import { words } from '../words.ts'

const mapping = z.strictObject({
  portal: z
    .string()
    .min(1)
    .meta(
      words(
        { nl: 'In het portaal', en: 'In the portal' },
        {
          nl: 'De tekst zoals het verwijsportaal die toont.',
          en: 'The text as the referral portal shows it.',
        },
      ),
    ),
  epd: z
    .string()
    .min(1)
    .meta(
      words(
        { nl: 'In het EPD', en: 'In the EHR' },
        { nl: 'De keuze zoals het EPD die aanbiedt.', en: 'The choice as the EHR offers it.' },
      ),
    ),
})
export type Mapping = readonly z.output<typeof mapping>[]

/** What an administrator fills in; the titles and descriptions are the form's. */
export const settings = z.object({
  specialties: z
    .array(mapping)
    .min(1)
    .meta(
      words(
        { nl: 'Specialismen', en: 'Specialisms' },
        {
          nl: 'Welk specialisme van het portaal welk specialisme in het EPD is. Een verwijzing voor een specialisme dat hier niet staat, komt op de uitvallijst.',
          en: 'Which specialism of the portal is which specialism in the EHR. A referral for a specialism that is not here goes to the worklist.',
        },
      ),
    ),
  urgencies: z
    .array(mapping)
    .min(1)
    .default([
      { portal: 'Regulier', epd: 'Regulier' },
      { portal: 'Spoed', epd: 'Spoed' },
    ])
    .meta(
      words(
        { nl: 'Urgenties', en: 'Urgencies' },
        {
          nl: 'Welke urgentie van het portaal welke urgentie in het EPD is.',
          en: 'Which urgency of the portal is which urgency in the EHR.',
        },
      ),
    ),
  patientNumberSystem: z
    .string()
    .min(1)
    .meta(
      words(
        { nl: 'Stelsel van het patiëntnummer', en: 'System of the patient number' },
        {
          nl: 'Het FHIR-systeem (URI) waaronder een Patient het patiëntnummer van dit ziekenhuis draagt.',
          en: 'The FHIR system (URI) under which a Patient carries the patient number of this hospital.',
        },
      ),
    ),
  referralNumberSystem: z
    .string()
    .min(1)
    .meta(
      words(
        { nl: 'Stelsel van het verwijsnummer', en: 'System of the referral number' },
        {
          nl: 'Het FHIR-systeem (URI) waaronder de brief het verwijsnummer krijgt.',
          en: 'The FHIR system (URI) under which the letter gets the referral number.',
        },
      ),
    ),
  markerSystem: z
    .string()
    .min(1)
    .default('urn:ontregel:marker')
    .meta(
      words(
        { nl: 'Stelsel van het kenmerk', en: 'System of the marker' },
        {
          nl: 'Het FHIR-systeem (URI) waaronder de robot zijn eigen kenmerk achterlaat; daaraan vindt hij zijn werk terug.',
          en: 'The FHIR system (URI) under which the robot leaves its own marker; it finds its work by that.',
        },
      ),
    ),
  letterTypeSystem: z
    .string()
    .min(1)
    .default('http://loinc.org')
    .meta(
      words(
        { nl: 'Codestelsel van het documenttype', en: 'Code system of the document type' },
        {
          nl: 'Het codestelsel waarin het type van de brief is uitgedrukt.',
          en: 'The code system in which the type of the letter is expressed.',
        },
      ),
    ),
  letterTypeCode: z
    .string()
    .min(1)
    .default('57133-1')
    .meta(
      words(
        { nl: 'Code van het documenttype', en: 'Code of the document type' },
        {
          nl: 'De code waaronder de verwijsbrief wordt opgeborgen; 57133-1 is een verwijsbrief in LOINC.',
          en: 'The code under which the referral letter is filed; 57133-1 is a referral note in LOINC.',
        },
      ),
    ),
  maxLetterMegabytes: z
    .number()
    .positive()
    .max(50)
    .default(20)
    .meta(
      words(
        { nl: 'Grootste brief (MB)', en: 'Largest letter (MB)' },
        {
          nl: 'Een grotere brief leest de robot niet; de verwijzing komt dan op de uitvallijst.',
          en: 'The robot does not read a larger letter; the referral goes to the worklist then.',
        },
      ),
    ),
  maxReasonLength: z
    .int()
    .min(1)
    .default(500)
    .meta(
      words(
        { nl: 'Langste reden van verwijzing (tekens)', en: 'Longest reason for referral (characters)' },
        {
          nl: 'Zoveel tekens neemt het EPD aan. De robot kort nooit in: een langere reden komt op de uitvallijst.',
          en: 'So many characters the EHR takes. The robot never shortens: a longer reason goes to the worklist.',
        },
      ),
    ),
  maxInboxPages: z
    .int()
    .min(1)
    .default(40)
    .meta(
      words(
        { nl: 'Meeste pagina’s van het postvak', en: 'Most pages of the inbox' },
        {
          nl: 'Zoveel pagina’s leest de robot per ronde; wat daarna komt, is voor de volgende ronde.',
          en: 'So many pages the robot reads in a run; what comes after them is for the next run.',
        },
      ),
    ),
})
export type Settings = z.output<typeof settings>
