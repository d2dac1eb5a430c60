/** The Dutch words of elements that a hospital calls otherwise. */
export const locatorNl = {
  'administer.locators': 'Onderdelen die hier anders heten',
  'administer.locators.hint':
    'Vindt de robot een knop, veld of tabel niet omdat die hier anders heet, beschrijf hem dan hier. Dat geldt vanaf het volgende werkitem.',
  'administer.locators.one': 'Onderdeel {{number}}',
  'administer.locators.add': 'Onderdeel toevoegen',
  'administer.locators.remove.of': 'Onderdeel {{number}} weghalen',
  'administer.locators.name': 'Naam bij de robot',
  'administer.locators.name.hint':
    'Zoals wizard.referralNumber: de melding bij een uitgevallen werkitem en de beschrijving van de robot noemen hem.',
  'administer.locators.twice': 'Deze naam staat er al.',
  'administer.locators.way': 'Te vinden aan',
  'administer.locators.way.label': 'naam van het veld',
  'administer.locators.way.role': 'soort en naam',
  'administer.locators.way.text': 'tekst',
  'administer.locators.way.css': 'CSS-selector',
  'administer.locators.role': 'Soort onderdeel',
  'administer.locators.words.label': 'Naam van het veld',
  'administer.locators.words.role': 'Naam op het scherm',
  'administer.locators.words.text': 'Tekst',
  'administer.locators.words.css': 'CSS-selector',
} as const
