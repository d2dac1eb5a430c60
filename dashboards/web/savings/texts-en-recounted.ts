/** When the figures were counted again, over which days and with what result; the files of the report say it in these words too. */
export const enRecounted = {
  'savings.recounted.never':
    'The figures were not yet derived again from the events themselves: that goes by itself, each night.',
  'savings.recounted.agrees':
    'Derived again from the events themselves on {{day}}, over {{days}}: nothing differs.',
  'savings.recounted.differs_one':
    'Derived again from the events themselves on {{day}}, over {{days}}: {{count}} place differs, see the alarms.',
  'savings.recounted.differs_other':
    'Derived again from the events themselves on {{day}}, over {{days}}: {{count}} places differ, see the alarms.',
} as const
