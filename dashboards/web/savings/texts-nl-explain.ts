/** Words of what explains a figure; `texts-en-explain.ts` has the same keys. */
export const nlExplain = {
  'savings.nointerval.withheld':
    'geen interval getoond: er volgt uit hoe vaak elke nulmeting telde, en een aantal onder vijf kan herkenbaar zijn',
  'savings.explain.norms': 'FTE bij elke norm',
  'savings.explain.norm': 'Norm',
  'savings.explain.norm.own': 'Norm van het ziekenhuis',
  'savings.explain.norm.contract': 'Staat er altijd naast',
  'savings.explain.norm.always': 'hangt niet af van een dag',
  'savings.explain.norm.default': 'standaard: het ziekenhuis koos zelf geen norm',
  'savings.explain.norm.made': '{{name}} (norm van het ziekenhuis zelf)',
  'savings.bookings.open': 'Boekingen tonen',
  'savings.bookings.title': 'Geboekte uren van {{deployment}}',
  'savings.bookings.caption': 'Geboekte uren, de nieuwste dag eerst',
  'savings.bookings.regular': 'Samen {{hours}} uur: zoveel gaat van de netto uren af.',
  'savings.bookings.oneoff':
    'Daarnaast {{hours}} uur op dagen van een eenmalige achterstand: dat gaat van de eenmalige uren af.',
  'savings.bookings.withdrawn': 'Ingetrokken: {{hours}} uur. Dat telt nergens in mee.',
  'savings.bookings.nobody':
    'Per dag samen. Wie boekte en waarvoor, zien beheerders en auditors van het ziekenhuis.',
  'savings.bookings.more_one':
    'Alleen de nieuwste {{count}} regel staat hier; de sommen zijn van alle boekingen. Vraag een kortere periode voor de rest.',
  'savings.bookings.more_other':
    'Alleen de nieuwste {{count}} regels staan hier; de sommen zijn van alle boekingen. Vraag een kortere periode voor de rest.',
  'savings.bookings.empty': 'In deze periode is niets geboekt.',
  'savings.booked.regular': 'gewoon',
  'savings.booked.one-off': 'eenmalig',
  'savings.booked.withdrawn': 'ingetrokken',
  'savings.measure.gross-hours': 'Bruto uren',
  'savings.measure.human-hours': 'Uren van mensen',
  'savings.measure.upkeep-hours': 'Beheeruren',
  'savings.measure.measured-days': 'Gemeten dagen',
  'savings.measure.done': 'Gedaan',
  'savings.measure.parked': 'Uitval',
  'savings.measure.by-hand': 'Met de hand',
  'savings.measure.left-out': 'Niet meegeteld',
  'savings.measure.without-baseline': 'Zonder nulmeting',
  'savings.measure.one-off-items': 'Eenmalige werkitems',
  'savings.step.gross-hours': 'Bruto uren',
  'savings.step.human-hours': 'Uren van mensen',
  'savings.step.upkeep': 'Beheeruren',
  'savings.step.measured-days': 'Gemeten dagen',
  'savings.step.items': 'Werkitems',
  'savings.term.items': 'werkitems',
  'savings.term.calendar-days': 'kalenderdagen',
  'savings.term.backlog-days': 'dagen van een eenmalige achterstand',
  'savings.nointerval.exact': 'geteld, niet geschat: er hoort geen interval bij',
  'savings.step.withheld.items':
    'Uit welke tellingen dit bestaat wordt niet getoond: een aantal onder vijf kan herkenbaar zijn.',
  'savings.explain.from': 'vanaf {{day}}',
  'savings.explain.why.human-hours':
    'Minuten van mensen: de gemeten tijd in de uitvallijst en de vaste tijd per uitgevallen werkitem, zoals ze per dag geteld zijn.',
  'savings.explain.why.upkeep-hours':
    'Beheeruren zijn geboekt door beheerders: achter elke inzet staan de boekingen.',
  'savings.explain.why.measured-days':
    'Alle kalenderdagen tellen, van de eerste dag waarop de inzet ooit iets telde (of van de periode, als die later begint) tot het eind, zonder de dagen van een eenmalige achterstand. Verder is dit getal niet uit te splitsen.',
  'savings.explain.why.items':
    'Dit is een telling: ze bestaat uit de tellingen per dag hieronder, en die uit werkitems.',
  'savings.realised.within': 'Wat helemaal in deze dagen ligt en niet is ingetrokken, is samen {{hours}} uur',
  'savings.parts.open': 'Tonen',
  'savings.parts.head': 'Bestaat uit',
  'savings.parts.title': 'Waaruit dit bestaat: {{of}}',
  'savings.parts.sum':
    'De uren en aantallen zijn de som van deze inzetten; elk getal leidt naar zijn eigen berekening. Wat van een inzet niet wordt getoond, is ook als som niet te zien.',
  'savings.parts.parkedshare': 'Deel uitval: {{parked}} ÷ ({{done}} + {{parked}}) = {{share}} %.',
  'savings.parts.leadtime':
    'Doorlooptijd: {{seconds}} seconden ÷ {{items}} werkitems ÷ 3.600 = gemiddeld {{hours}} uur. Verder is dit niet uit te splitsen: per dag worden alleen aantallen en de som van de seconden bewaard, dus er is geen mediaan.',
  'savings.parts.timed': 'Werkitems met doorlooptijd',
  'savings.parts.seconds': 'Seconden samen',
  'savings.parts.withinaday': 'Binnen een dag: {{within}} ÷ {{items}} = {{share}} %.',
  'savings.headline.sum':
    'Dit is de som van de ziekenhuizen in de tabel hieronder; elk getal daar leidt naar zijn berekening.',
  'savings.trend.follow':
    'Elk getal in de tabel leidt naar de berekening van die maand; bij een robot of activiteit met meer inzetten eerst naar de inzetten waaruit het bestaat.',
  'savings.trend.parts':
    'Het getal is de som van deze inzetten in die maand; elk leidt naar zijn eigen berekening.',
  'savings.trend.parts.together':
    'Samengenomen inzetten worden niet elk apart getoond: uit de uren van zo’n maand zou een aantal onder vijf volgen. In de uren van hun ziekenhuis tellen ze mee.',
} as const
