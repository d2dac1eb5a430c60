/** Words of the page that ranks where a robot would give most next, and of files of time use. */
export const nlNext = {
  'programme.next.title': 'Waar nu?',
  'programme.next.lead':
    'Waar een robot die zich elders bewees nu het meest zou opleveren. Dit is potentieel: verwacht, niet geteld en niet ondertekend.',
  'programme.next.caption': 'Potentieel per ziekenhuis en robot, het meeste bovenaan',
  'programme.next.empty':
    'Er is nog geen businesscase, en geen robot die zich in een ander ziekenhuis bewees en hier nog niet draait.',
  'programme.next.empty.hint':
    'Voer een businesscase in: hoeveel werkitems een ziekenhuis per jaar heeft en hoeveel minuten elk met de hand kost.',
  'programme.next.enter': 'Businesscase invoeren',
  'programme.next.remove.title': 'Businesscase weghalen?',
  'programme.next.remove.sentence':
    'Wat er eerder was ingevoerd telt dan weer, en zonder dat wat in andere ziekenhuizen is gemeten.',
  'programme.next.hours': 'Potentieel (uren per jaar)',
  'programme.next.fte': 'Potentieel in FTE',
  'programme.next.fte.norm': '{{fte}} bij {{hours}}\u00A0uur',
  'programme.next.items': 'Werkitems per jaar',
  'programme.next.minutes': 'Minuten per werkitem',
  'programme.next.minutes.hint':
    'Leeg gebruikt de gemeten minuten van ziekenhuizen waar deze robot al draait.',
  'programme.next.source': 'Waar komt het aantal vandaan?',
  'programme.next.from': 'Waar het op steunt',
  'programme.next.from.case': 'businesscase: {{source}}',
  'programme.next.from.volume_one':
    'aantal uit businesscase ({{source}}), minuten gemeten in {{count}} ander ziekenhuis ({{items}} werkitems)',
  'programme.next.from.volume_other':
    'aantal uit businesscase ({{source}}), minuten gemeten in {{count}} andere ziekenhuizen ({{items}} werkitems)',
  'programme.next.from.elsewhere_one':
    'wat {{count}} ander ziekenhuis in het laatste jaar telde; een eigen businesscase maakt dit nauwkeuriger',
  'programme.next.from.elsewhere_other':
    'het gemiddelde van wat {{count}} andere ziekenhuizen in het laatste jaar telden; een eigen businesscase maakt dit nauwkeuriger',
  'programme.next.from.brief_one':
    '{{from}}. Let op: over nog maar {{count}} dag geteld, dat zegt nog weinig',
  'programme.next.from.brief_other':
    '{{from}}. Let op: over nog maar {{count}} dagen geteld, dat zegt nog weinig',
  'programme.next.proven': 'Elders bewezen',
  'programme.next.unranked': 'Zonder eigen aantal: nog niet te rangschikken',
  'programme.next.unranked.lead':
    'Deze ziekenhuizen gaven geen eigen aantal op. Elk krijgt het gemiddelde van wat andere ziekenhuizen telden: dat zegt iets over de robot, niet waar hij het meest oplevert. Een eigen businesscase geeft het ziekenhuis een plaats in de rangorde.',
  'programme.next.running': 'Businesscases van robots die hier al draaien',
  'programme.next.running.lead':
    'Wat deze robots werkelijk opleveren staat als bruto en netto op de pagina Besparing. De verwachting van toen blijft hier staan, en telt niet mee in de rangorde.',
  'programme.next.note.layer':
    'Potentieel is werkitems per jaar × minuten per werkitem. Het wordt nergens opgeteld bij bruto, netto of gerealiseerd.',
  'programme.next.note.measured':
    'Gemeten is de nulmeting van afgerond gewoon werk van de laatste 365 dagen, met de hand of door de robot gedaan, gewogen naar werkitems. De tijd die mensen nog besteden is er niet af.',
  'programme.next.note.small':
    'Een ziekenhuis met minder dan vijf werkitems van een robot telt nergens mee als bewijs.',
  'programme.next.note.follow':
    'Getallen die elders gemeten zijn, leiden naar het rapport van die dagen. Uren = werkitems per jaar × minuten ÷ 60; FTE = uren ÷ norm.',
  'programme.next.note.rounded': 'Getallen zijn alleen in beeld afgerond.',

  'programme.report.link': 'Naar het rapport: {{figure}}',
  'programme.value.follow':
    'Netto uren leiden naar het rapport van die jaren, met elke inzet en zijn berekening. Een baat is de netto uren van een inzet × het tarief dat op die dagen gold (hieronder, per ziekenhuis); het saldo is de baten min de kosten.',
  'programme.timeuse.byhand': 'Zelf invullen',
  'programme.timeuse.byfile': 'CSV-bestand',
  'programme.timeuse.how': 'Manier van opgeven',
  'programme.timeuse.file': 'Bestand met groepen en activiteiten',
  'programme.timeuse.file.hint':
    'Een regel per activiteit van een groep, met de kolommen staffGroup, hours, activity en share (van 0 tot 1). Klopt een regel niet, dan wordt niets aangenomen. Het bestand vervangt wat voor dit jaar was opgegeven.',
} as const
