import type { SystemKind } from '../../../bots/bot.ts'
import type { FormWords } from './form-of.ts'
import { HL7_WORDS } from './hl7-words.ts'

/** What fields are called and what is said of them, by their place. */
export type Both = Readonly<
  Record<string, readonly [nl: string, en: string, hintNl?: string, hintEn?: string]>
>

/** What the fields of a system are called. Names of elements are those that people see on the system's own screens. */
const WEB: Both = {
  allowedHosts: [
    'Verdere servers',
    'Further hosts',
    'Andere servers die de pagina’s nodig hebben, als naam:poort.',
    'Other hosts that the pages need, as name:port.',
  ],
  account: [
    'Account',
    'Account',
    'Alleen nodig als één systeem met meer accounts wordt gebruikt.',
    'Only needed when one system is used with several accounts.',
  ],
  signIn: ['Inloggen', 'Signing in'],
  'signIn.path': [
    'Pad van de inlogpagina',
    'Path of the sign-in page',
    'Vanaf het adres, zoals /aanmelden.',
    'From the address, such as /sign-in.',
  ],
  'signIn.at': [
    'Server van het inlogformulier',
    'Host of the sign-in form',
    'Alleen als dat een andere server is, zoals https://inloggen.ziekenhuis.example.',
    'Only when that is another host, such as https://login.hospital.example.',
  ],
  'signIn.start': ['Knop naar het formulier', 'Button to the form'],
  'signIn.start.button': ['Tekst van de knop', 'Text of the button'],
  'signIn.user': ['Veld voor de gebruiker', 'Field of the user'],
  'signIn.user.label': ['Naam van het veld', 'Name of the field'],
  'signIn.next': ['Knop tussen gebruiker en wachtwoord', 'Button between user and password'],
  'signIn.next.button': ['Tekst van de knop', 'Text of the button'],
  'signIn.password': ['Veld voor het wachtwoord', 'Field of the password'],
  'signIn.password.label': ['Naam van het veld', 'Name of the field'],
  'signIn.submit': ['Knop om in te loggen', 'Button that signs in'],
  'signIn.submit.button': ['Tekst van de knop', 'Text of the button'],
  'signIn.code': ['Eenmalige code', 'One-time code'],
  'signIn.code.label': ['Naam van het veld', 'Name of the field'],
  'signIn.code.submit': ['Knop na de code', 'Button after the code'],
  'signIn.code.submit.button': ['Tekst van de knop', 'Text of the button'],
  'signIn.proceed': ['Knop op een tussenpagina', 'Button on a page between'],
  'signIn.proceed.button': ['Tekst van de knop', 'Text of the button'],
  'signIn.signedIn': ['Te zien als het inloggen is gelukt', 'Seen when signing in worked'],
  'signIn.signedIn.role': ['Soort onderdeel', 'Kind of element'],
  'signIn.signedIn.name': ['Naam', 'Name'],
  'signIn.signedIn.text': ['Tekst', 'Text'],
  'signIn.refused': ['Te zien als het inloggen is geweigerd', 'Seen when signing in was refused'],
  'signIn.refused.text': ['Tekst', 'Text'],
  'signIn.expired': ['Zo eindigt een sessie', 'How a session ends'],
  'signIn.expired.path': ['Pad', 'Path'],
  'signIn.expired.heading': ['Kop', 'Heading'],
  clientCertificate: [
    'Certificaat van de robot',
    'Certificate of the robot',
    'Alleen als het systeem daarom vraagt.',
    'Only when the system asks for one.',
  ],
  'clientCertificate.certificate': ['Certificaat (PEM)', 'Certificate (PEM)'],
  'clientCertificate.origins': ['Verdere servers die erom vragen', 'Further hosts that ask for it'],
  mask: [
    'Verder verbergen op schermafbeeldingen',
    'Hide further on screenshots',
    'CSS-selectors. Velden en tabellen worden altijd al verborgen.',
    'CSS selectors. Fields and tables are always hidden.',
  ],
  show: [
    'Wel tonen op schermafbeeldingen',
    'Show on screenshots',
    'CSS-selectors, zoals van een dossiernummer.',
    'CSS selectors, such as that of a record number.',
  ],
  dialogs: [
    'Bekende vragen van de pagina',
    'Known questions of the page',
    'Elke andere vraag houdt een werkitem tegen.',
    'Any other question stops an item.',
  ],
  'dialogs.message': ['Deel van de vraag', 'Part of the question'],
  'dialogs.accept': ['Met ja antwoorden', 'Answer yes'],
  traceUntil: [
    'Meekijken tot',
    'Trace until',
    'Tot dit moment wordt per werkitem een verzegelde opname bewaard, zoals 2026-11-21T17:00:00Z.',
    'Until this moment a sealed trace of each item is kept, such as 2026-11-21T17:00:00Z.',
  ],
  opensWindows: [
    'Toont een deel van het werk in eigen vensters',
    'Shows part of its work in windows of its own',
  ],
  language: ['Taal van de browser', 'Language of the browser', 'Zoals nl-NL.', 'Such as nl-NL.'],
  timeZone: [
    'Tijdzone van de browser',
    'Time zone of the browser',
    'Zoals Europe/Amsterdam.',
    'Such as Europe/Amsterdam.',
  ],
}

const FHIR: Both = {
  version: ['Versie van FHIR', 'Version of FHIR'],
  search: [
    'Zoeken met',
    'Search by',
    'Kies alleen get als de server geen post aankan.',
    'Choose get only when the server cannot do post.',
  ],
  allowUnencrypted: [
    'Zonder versleuteling toestaan',
    'Allow without encryption',
    'Alleen binnen een afgesloten netwerk.',
    'Only within a closed network.',
  ],
  limits: ['Grenzen', 'Limits'],
  'limits.connectMs': ['Verbinden (ms)', 'Connecting (ms)'],
  'limits.answerMs': ['Antwoord (ms)', 'Answer (ms)'],
  'limits.bytes': ['Grootste antwoord (bytes)', 'Largest answer (bytes)'],
  'limits.pages': ['Pagina’s van één zoekvraag', 'Pages of one search'],
  'limits.retries': ['Extra pogingen bij lezen', 'Extra attempts of a read'],
  'limits.longestWaitMs': ['Langste pauze (ms)', 'Longest pause (ms)'],
  signIn: [
    'Inloggen',
    'Signing in',
    'Weggelaten: zoals de ingevulde inloggegevens zeggen.',
    'Left out: as the credentials say.',
  ],
  'signIn.way': ['Manier', 'Way'],
  'signIn.tokenAddress': ['Adres voor het token', 'Address of the token'],
  'signIn.clientId': ['Client-id', 'Client id'],
  'signIn.scope': ['Rechten (scope)', 'Scope'],
  'signIn.algorithm': ['Algoritme', 'Algorithm'],
  'signIn.keyId': ['Sleutel-id (kid)', 'Key id (kid)'],
  network: ['Netwerk', 'Network'],
  'network.proxy': [
    'Proxy',
    'Proxy',
    'Zoals http://proxy.ziekenhuis.example:8080.',
    'Such as http://proxy.hospital.example:8080.',
  ],
  'network.proxySignsIn': ['De proxy vraagt om inloggen', 'The proxy asks to sign in'],
  'network.authorities': ['Eigen certificaatautoriteiten (PEM)', 'Own certificate authorities (PEM)'],
  'network.certificate': ['Eigen certificaat (PEM)', 'Own certificate (PEM)'],
}

const WORDS: Readonly<Record<SystemKind, Both>> = { web: WEB, fhir: FHIR, hl7: HL7_WORDS }

/** The words of the form of one kind of system, in a language. */
export function systemWords(kind: SystemKind, language: 'nl' | 'en'): FormWords {
  const entries = Object.entries(WORDS[kind]).map(([place, [nl, en, hintNl, hintEn]]) => {
    const [title, hint] = language === 'nl' ? [nl, hintNl] : [en, hintEn]
    return [place, { title, ...(hint !== undefined && { hint }) }] as const
  })
  return Object.fromEntries(entries)
}
