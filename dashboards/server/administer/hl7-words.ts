import type { Both } from './system-words.ts'

/** What the fields of a system are called that takes HL7 messages. */
export const HL7_WORDS: Both = {
  receiver: ['Ontvanger', 'Receiver', 'Zoals de ontvanger zichzelf noemt.', 'As the receiver calls itself.'],
  'receiver.application': ['Toepassing (MSH-5)', 'Application (MSH-5)'],
  'receiver.facility': ['Instelling (MSH-6)', 'Facility (MSH-6)'],
  sender: ['Afzender', 'Sender', 'Zoals de ontvanger de robots kent.', 'As the receiver knows the robots.'],
  'sender.application': ['Toepassing (MSH-3)', 'Application (MSH-3)'],
  'sender.facility': ['Instelling (MSH-4)', 'Facility (MSH-4)'],
  version: ['Versie van HL7 (MSH-12)', 'Version of HL7 (MSH-12)'],
  charset: ['Tekenset (MSH-18)', 'Character set (MSH-18)'],
  processing: [
    'Soort verwerking (MSH-11)',
    'Processing (MSH-11)',
    'P voor productie, T voor oefenen, D om fouten te zoeken.',
    'P for production, T for training, D for debugging.',
  ],
  recognisesDuplicates: [
    'Herkent een bericht dat het al had',
    'Recognises a message that it had before',
    'Alleen als de leverancier dat toezegt: een bericht zonder antwoord wordt dan na een pauze nog eens verstuurd, precies hetzelfde. Anders kijkt een mens.',
    'Only when its supplier promises that: a message without an answer is then sent once more after a pause, exactly the same. Otherwise a person looks.',
  ],
  tls: ['TLS', 'TLS', 'Alleen bij een adres met mllps://.', 'Only with an address that has mllps://.'],
  'tls.authorities': ['Eigen certificaatautoriteiten (PEM)', 'Own certificate authorities (PEM)'],
  'tls.certificate': [
    'Eigen certificaat (PEM)',
    'Own certificate (PEM)',
    'Alleen als de ontvanger erom vraagt; de sleutel hoort bij de inloggegevens.',
    'Only when the receiver asks for one; its key goes with the credentials.',
  ],
  'tls.serverName': [
    'Naam in het certificaat van de ontvanger',
    'Name in the receiver’s certificate',
    'Alleen als die anders is dan in het adres.',
    'Only when it is another than in the address.',
  ],
  limits: ['Grenzen', 'Limits'],
  'limits.connectMs': ['Verbinden (ms)', 'Connecting (ms)'],
  'limits.answerMs': ['Antwoord (ms)', 'Answer (ms)'],
  'limits.idleMs': [
    'Verbinding sluiten na stilte (ms)',
    'Close the connection after silence (ms)',
    'Korter dan de firewall ertussen een stille verbinding onthoudt.',
    'Shorter than the firewall between remembers a silent connection.',
  ],
}
