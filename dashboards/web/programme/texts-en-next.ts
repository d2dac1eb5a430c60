/** The same words in English. */
export const enNext = {
  'programme.next.title': 'Where next?',
  'programme.next.lead':
    'Where a robot that is proven elsewhere would give most next. This is potential: expected, not counted and not signed.',
  'programme.next.caption': 'Potential by hospital and robot, the most first',
  'programme.next.empty':
    'There is no business case yet, and no robot that is proven at another hospital and does not run here.',
  'programme.next.enter': 'Enter a business case',
  'programme.next.remove.title': 'Take this business case away?',
  'programme.next.remove.sentence':
    'What was entered before it counts again, and without that what was measured at other hospitals.',
  'programme.next.hours': 'Potential (hours a year)',
  'programme.next.fte': 'Potential in FTE by the norm',
  'programme.next.fte.norm': '{{fte}} at {{hours}} hours',
  'programme.next.contract': 'Potential in FTE at 1,878 hours',
  'programme.next.items': 'Items a year',
  'programme.next.minutes': 'Minutes an item',
  'programme.next.minutes.hint': 'Empty takes the measured minutes of hospitals where this robot runs.',
  'programme.next.source': 'Where does the number come from?',
  'programme.next.from': 'From what',
  'programme.next.from.case': 'business case: {{source}}',
  'programme.next.from.volume_one':
    'number from a business case ({{source}}), minutes measured at {{count}} other hospital ({{items}} items)',
  'programme.next.from.volume_other':
    'number from a business case ({{source}}), minutes measured at {{count}} other hospitals ({{items}} items)',
  'programme.next.from.elsewhere_one':
    'what {{count}} other hospital counted in the last year; a business case of its own makes this more exact',
  'programme.next.from.elsewhere_other':
    'the mean of what {{count}} other hospitals counted in the last year; a business case of its own makes this more exact',
  'programme.next.from.brief_one': '{{from}}. Mind: counted over {{count}} day only, which says little yet',
  'programme.next.from.brief_other':
    '{{from}}. Mind: counted over {{count}} days only, which says little yet',
  'programme.next.proven': 'Proven at hospitals',
  'programme.next.running': 'Business cases of robots that run here already',
  'programme.next.running.lead':
    'What these robots really give stands as gross and net on the page Savings. What was expected stays here, and is not ranked.',
  'programme.next.note.layer':
    'Potential is items a year × minutes an item. It is nowhere added to gross, net or realised.',
  'programme.next.note.measured':
    'Measured is the baseline of counted regular work of the last 365 days, weighed by items; time of people is not taken off.',
  'programme.next.note.small': 'A hospital with fewer than five items of a robot is no proof anywhere.',
  'programme.next.note.rounded': 'Figures are rounded on the screen only.',

  'programme.timeuse.byhand': 'Fill in',
  'programme.timeuse.byfile': 'CSV file',
  'programme.timeuse.how': 'How to enter it',
  'programme.timeuse.file': 'File with groups and activities',
  'programme.timeuse.file.hint':
    'A row for each activity of a group, with the columns staffGroup, hours, activity and share (from 0 to 1). When a row is not right nothing is taken in. The file replaces what was entered for this year.',
} as const
