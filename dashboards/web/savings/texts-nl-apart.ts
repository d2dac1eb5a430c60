/** Words of the pages about robots of another make, chains and backlogs. */
export const nlApart = {
  'savings.reported.title': 'Aangeleverde werkitems',
  'savings.reported.lead':
    'Wat robots van een ander merk deden, telt mee in de besparing: met een nulmeting, gecontroleerd als de eigen werkitems, en als aangeleverd gemerkt.',
  'savings.reported.deployments': 'Robots van een ander merk',
  'savings.reported.caption': 'Inzetten die alleen aanleveren',
  'savings.reported.empty':
    'Er is nog geen robot van een ander merk. Voeg er een toe om werkitems aan te leveren.',
  'savings.reported.add': 'Inzet toevoegen',
  'savings.reported.id': 'Naam van de inzet',
  'savings.reported.bot': 'Naam van de robot',
  'savings.reported.id.hint': 'Kleine letters, cijfers en streepjes, zoals noord-facturen',
  'savings.reported.bot.hint': 'Kleine letters, cijfers en streepjes, zoals facturen',
  'savings.reported.mode': 'Stand',
  'savings.reported.variants': 'Varianten met een nulmeting',
  'savings.reported.responsible': 'Verantwoordelijk',
  'savings.reported.outside': 'Vaste tijd van mensen (minuten)',
  'savings.reported.outside.hint':
    'Voor elk werkitem dat een mens afmaakte en waarvan de tijd niet is aangeleverd.',
  'savings.reported.parked': 'Aandeel bij uitval (procent)',
  'savings.reported.parked.hint': 'Wat een werkitem telt dat een mens afmaakte, van 0 tot 100.',
  'savings.reported.baseline': 'Eerste nulmeting',
  'savings.reported.baselines.elsewhere':
    'Een nieuwe nulmeting of variant komt erbij op de pagina Nulmetingen.',
  'savings.reported.actions': 'Acties',
  'savings.reported.change': 'Wijzigen',
  'savings.reported.change.title': '{{deployment}} wijzigen',
  'savings.reported.off': 'Uitzetten',
  'savings.reported.off.title': '{{deployment}} uitzetten?',
  'savings.reported.off.sentence':
    'Wat is aangeleverd blijft tellen; nieuwe werkitems worden geweigerd tot de inzet weer is gewijzigd of aangezet.',
  'savings.reported.asked':
    '{{by}} vraagt om {{deployment}} live te zetten: een ander account keurt dat goed.',
  'savings.reported.approve': 'Goedkeuren',

  'savings.imports.title': 'Wat is aangeleverd',
  'savings.imports.caption': 'Aanleveringen, de nieuwste eerst',
  'savings.imports.empty': 'Er is nog niets aangeleverd.',
  'savings.imports.at': 'Wanneer',
  'savings.imports.days': 'Gedaan op',
  'savings.imports.by': 'Door',
  'savings.imports.file': 'Bestand aanleveren',
  'savings.imports.lead':
    'Elke regel wordt gecontroleerd. Klopt er een niet, dan wordt niets aangenomen en staan hier de regels die niet kloppen. De eerste regel noemt de kolommen:',
  'savings.imports.columns':
    'De laatste twee mogen weg. In outcome staat done (gedaan), nothing (niets te doen) of by-hand (met de hand); tijden hebben hun zone, zoals 2026-03-31T14:05:00+02:00.',
  'savings.imports.choose': 'CSV-bestand',
  'savings.imports.take': 'Aanleveren',
  'savings.imports.taken_one': '{{count}} werkitem aangenomen.',
  'savings.imports.taken_other': '{{count}} werkitems aangenomen.',
  'savings.imports.leftout_one':
    'Van wat is aangenomen telt {{count}} werkitem niet mee: het hoort bij een geval dat een ander werkitem voor dezelfde activiteit opeiste. Kijk of de kolommen kloppen.',
  'savings.imports.leftout_other':
    'Van wat is aangenomen tellen {{count}} werkitems niet mee: ze horen bij een geval dat een ander werkitem voor dezelfde activiteit opeiste. Kijk of de kolommen kloppen.',
  'savings.imports.number': 'Nummer',
  'savings.imports.withdraw': 'Import terugtrekken',
  'savings.imports.withdrawn': 'teruggetrokken door {{name}}: {{reason}}',
  'savings.imports.withdraw.title': 'Import {{number}} terugtrekken?',
  'savings.imports.withdraw.lead_one':
    'Het ene werkitem van deze import telt dan niet meer mee, alsof het nooit is aangeleverd. De geschiedenis blijft staan en vermeldt dit; het kan opnieuw worden aangeleverd. Terugtrekken kan niet ongedaan worden gemaakt.',
  'savings.imports.withdraw.lead_other':
    'De {{count}} werkitems van deze import tellen dan niet meer mee, alsof ze nooit zijn aangeleverd. De geschiedenis blijft staan en vermeldt dit; ze kunnen opnieuw worden aangeleverd. Terugtrekken kan niet ongedaan worden gemaakt.',
  'savings.imports.withdraw.reason': 'Reden',
  'savings.imports.withdraw.hint': 'Zonder gegevens van patiënten.',
  'savings.imports.withdraw.name': 'Naam van wie dit besluit',

  'savings.chains.title': 'Ketens en achterstanden',
  'savings.chains.lead':
    'Inzetten die na elkaar aan een geval werken, delen een nulmeting. Een achterstand die eenmalig is weggewerkt, telt apart.',
  'savings.chains.chains': 'Ketens',
  'savings.chains.caption': 'Ketens, de nieuwste eerst',
  'savings.chains.empty': 'Er is geen keten: elke inzet telt met een eigen nulmeting.',
  'savings.chains.add': 'Keten maken',
  'savings.chains.name': 'Naam van de keten',
  'savings.chains.baseline': 'Nulmeting die gedeeld wordt',
  'savings.chains.parts': 'Delen',
  'savings.chains.part': '{{deployment}}, {{variant}}: {{share}} %',
  'savings.chains.number': 'Deel {{number}}',
  'savings.chains.addpart': 'Deel toevoegen',
  'savings.chains.share': 'Aandeel (procent)',
  'savings.chains.sum': 'De aandelen zijn samen {{sum}} %; het moet 100 % zijn.',
  'savings.chains.end': 'Beëindigen',
  'savings.chains.end.title': '{{name}} beëindigen?',
  'savings.chains.end.until': 'Geen keten meer vanaf',
  'savings.oneoff.remove': 'Terugnemen',
  'savings.oneoff.remove.title': 'Markering terugnemen?',
  'savings.oneoff.remove.sentence':
    'Wat op deze dagen is gedaan telt weer als gewoon werk. Dat de markering er was, blijft in de wijzigingen staan.',
  'savings.oneoff.runs': 'Rondes die een achterstand wegwerken',
  'savings.oneoff.runs.caption':
    'Rondes die nog gemarkeerd kunnen worden of gemarkeerd zijn, de nieuwste eerst',
  'savings.oneoff.runs.kind': 'Aanleiding',
  'savings.oneoff.runs.at': 'Gestart',
  'savings.oneoff.runs.backlog': 'Achterstand',
  'savings.oneoff.runs.mark': 'Markeren',
  'savings.oneoff.runs.marked': 'telt apart',
  'savings.oneoff.runs.question': 'Ronde van {{deployment}} als achterstand markeren?',
  'savings.oneoff.runs.means':
    'De werkitems van deze ronde, en wat daaruit volgt, tellen apart en worden niet omgerekend naar een jaar. Dit is niet terug te nemen.',
  'savings.oneoff.runs.done': 'De ronde telt apart.',
  'savings.oneoff.runs.empty': 'Er is geen ronde die gemarkeerd kan worden.',
  'savings.oneoff.runs.hint':
    'Dat kan zolang nog geen werkitem van de ronde geteld is: zet het systeem stil, start de ronde, markeer haar hier en laat het systeem daarna doorgaan. Is er al geteld, markeer dan de dagen.',
} as const
