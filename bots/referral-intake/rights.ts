/** What the systems are to this bot, and what its accounts must be allowed there. */
export const systemRoles = {
  portal: {
    title: { nl: 'Verwijsportaal', en: 'Referral portal' },
    rights: {
      nl: 'Het postvak, de verwijzingen en hun brieven lezen; een verwijzing als afgehandeld markeren.',
      en: 'Read the inbox, the referrals and their letters; mark a referral as handled.',
    },
  },
  epd: {
    title: { nl: 'EPD', en: 'EHR' },
    rights: {
      nl: 'Patiënten zoeken en inschrijven; verwijzingen opzoeken en registreren.',
      en: 'Search and register patients; look up and register referrals.',
    },
  },
  fhir: {
    title: { nl: 'FHIR-koppeling van het EPD', en: 'FHIR endpoint of the EHR' },
    rights: {
      nl: 'Patiënten en documenten lezen; een document (DocumentReference) aanmaken.',
      en: 'Read patients and documents; create a document (DocumentReference).',
    },
  },
} as const

/** Every act of this bot. */
export const acts = {
  'register the patient': {
    title: {
      nl: 'Een onbekende patiënt inschrijven in het EPD',
      en: 'Register an unknown patient in the EHR',
    },
    verifiable: true,
  },
  'register the referral': {
    title: { nl: 'De verwijzing registreren in het EPD', en: 'Register the referral in the EHR' },
    verifiable: true,
  },
  'file the letter': {
    title: { nl: 'De brief opbergen in het dossier', en: 'File the letter in the record' },
    verifiable: true,
  },
  'mark it handled': {
    title: {
      nl: 'De verwijzing in het portaal afhandelen',
      en: 'Mark the referral as handled in the portal',
    },
    verifiable: true,
  },
} as const

/** What its steps are called. */
export const steps = {
  'read the inbox': { nl: 'Het postvak lezen', en: 'Read the inbox' },
  'read the referral': { nl: 'De verwijzing lezen', en: 'Read the referral' },
  'look for a registration of ours': {
    nl: 'Nagaan of de robot de verwijzing al registreerde',
    en: 'Look whether the robot registered the referral already',
  },
  'read the letter': { nl: 'De brief lezen', en: 'Read the letter' },
  'find the patient': { nl: 'De patiënt opzoeken', en: 'Find the patient' },
  'read the new file': { nl: 'Het nieuwe dossier lezen', en: 'Read the new file' },
  'find the patient in FHIR': { nl: 'De patiënt opzoeken in FHIR', en: 'Find the patient in FHIR' },
  'picture the registration': { nl: 'De registratie vastleggen als bewijs', en: 'Picture the registration' },
} as const
export type Step = keyof typeof steps
