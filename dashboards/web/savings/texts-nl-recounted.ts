/** When the figures were counted again, over which days and with what result; the files of the report say it in these words too. */
export const nlRecounted = {
  'savings.recounted.never':
    'De cijfers zijn nog niet nagerekend uit de gebeurtenissen zelf: dat gaat vanzelf, elke nacht.',
  'savings.recounted.agrees':
    'Op {{day}} nagerekend uit de gebeurtenissen zelf, over {{days}}: niets wijkt af.',
  'savings.recounted.differs_one':
    'Op {{day}} nagerekend uit de gebeurtenissen zelf, over {{days}}: op {{count}} plek wijkt iets af, zie de meldingen.',
  'savings.recounted.differs_other':
    'Op {{day}} nagerekend uit de gebeurtenissen zelf, over {{days}}: op {{count}} plekken wijkt iets af, zie de meldingen.',
} as const
