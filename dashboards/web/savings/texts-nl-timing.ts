/** Timing cases, by colleagues and by who asked for it. */
export const nlTiming = {
  'savings.stopwatch.other': 'Je bent bezig met een geval van een andere meting: maak dat eerst af.',
  'savings.stopwatch.next': 'Klaar, volgende geval',
  'savings.stopwatch.again': 'Opnieuw bewaren',
  'savings.stopwatch.unsent': 'Gestopt op {{time}}, nog niet bewaard: er is geen verbinding.',
  'savings.stopwatch.long': 'Dit geval duurde {{time}}',
  'savings.stopwatch.long.hint': 'Dat is langer dan verwacht. Was het één geval, zonder onderbreking?',
  'savings.stopwatch.long.day': 'Dat is langer dan een dag, en kan niet worden bewaard.',
  'savings.stopwatch.long.keep': 'Ja, bewaren',
  'savings.stopwatch.now_one': 'Er wordt nu {{count}} geval gemeten.',
  'savings.stopwatch.now_other': 'Er worden nu {{count}} gevallen gemeten.',
  'savings.stopwatch.ended': 'De meting is beëindigd',
  'savings.stopwatch.ended.why': 'Je was nog met een geval bezig; dat kan niet meer worden bewaard.',
  'savings.stopwatch.ended.ok': 'Begrepen',
  'savings.stopwatch.end': 'Beëindigen zonder nulmeting',
  'savings.stopwatch.end.why':
    'Niemand meet dan nog gevallen; wie bezig is, hoort dat bij het stoppen. De tijden blijven te zien.',
  'savings.stopwatch.instruction': 'Van wanneer tot wanneer',
  'savings.stopwatch.instruction.hint':
    'Voor wie meet, bijvoorbeeld: van het openen van de verwijzing tot het opslaan.',
  'savings.stopwatch.askabove': 'Navragen boven (minuten)',
  'savings.stopwatch.askabove.hint': 'Bij een langer geval wordt gevraagd of de tijd klopt.',

  'savings.timing.title': 'Tijd meten',
  'savings.timing.lead':
    'Meet hier hoe lang je eigen gevallen met de hand duren, en geef bij Ideeën werk op dat een robot kan overnemen.',
  'savings.timing.ideas': 'Ideeën',
  'savings.timing.none': 'Er wordt nu niets gemeten',
  'savings.timing.none.hint': 'Als de beheerder een meting begint, staat die hier.',
  'savings.timing.how': 'Start bij het begin van een geval en druk op klaar zodra het af is.',
  'savings.timing.count_one': 'Samen is er {{count}} geval gemeten.',
  'savings.timing.count_other': 'Samen zijn er {{count}} gevallen gemeten.',
  'savings.timing.own': 'Je eigen gevallen',
  'savings.timing.own.none': 'Je hebt nog geen geval gemeten.',
} as const
