/** What a reader should not take from the figures; the files of the report say these sentences too. */
export const nlNotSaid = {
  'savings.notsaid.freed':
    'Netto uren zijn vrijgekomen tijd. Wat ermee gebeurde, staat alleen bij gerealiseerd.',
  'savings.notsaid.weeks':
    'Enkele weken meten zegt weinig over een heel jaar; de gemeten dagen staan bij elke inzet.',
  'savings.notsaid.quality': 'Kwaliteit, wachttijd van patiënten en werkplezier zitten niet in deze uren.',
  'savings.notsaid.runtime': 'De looptijd van de robot zelf telt niet mee: niemand wacht erop.',
} as const

/** Words of the report on the screen, of what is taken together. */
export const nlSummary = {
  ...nlNotSaid,
  'savings.notsaid': 'Wat dit niet zegt',
  'savings.headline.title': 'Netto opbrengst',
  'savings.headline.ownnorms': 'elk ziekenhuis bij zijn eigen norm',
  'savings.report.human': 'Uren van mensen',
  'savings.beside.across': 'nog {{hours}} ondertekend voor maanden die deels buiten de periode vallen',
  'savings.beside.caption': 'Niet in deze uren',
  'savings.margin': '± {{margin}} (95 %)',
  'savings.withdrawn': 'Eerdere totalen van deze periode waren anders: een import is teruggetrokken.',
  'savings.withdrawn.items_one':
    '{{hospital}}: {{count}} werkitem van import {{number}}, teruggetrokken op {{day}}',
  'savings.withdrawn.items_other':
    '{{hospital}}: {{count}} werkitems van import {{number}}, teruggetrokken op {{day}}',
  'savings.withdrawn.few':
    '{{hospital}}: minder dan vijf werkitems van import {{number}}, teruggetrokken op {{day}}',
  'savings.robots.title': 'Per robot',
  'savings.robots.caption': 'Wat elke robot deed en opleverde, alle ziekenhuizen samen',
  'savings.robots.hospitals': 'Ziekenhuizen',
  'savings.robots.parkedshare': 'Deel uitval',
  'savings.robots.leadtime': 'Doorlooptijd (gemiddeld, uren)',
  'savings.robots.withinaday': 'Binnen een dag',
  'savings.robots.note':
    'Doorlooptijd: van aankomst van een werkitem tot de robot klaar was. Deel uitval: uitval ÷ (gedaan + uitval), in keren: wat is teruggegeven en toen gedaan, telt als beide.',
  'savings.robots.adoption': 'Adoptie: hoe ver elke robot in elk ziekenhuis is',
  'savings.activities.title': 'Per activiteit',
  'savings.activities.caption': 'Netto uren per activiteit, alle ziekenhuizen samen',
} as const
