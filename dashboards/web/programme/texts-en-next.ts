/** The same words in English. */
export const enNext = {
  'programme.next.title': 'Where next?',
  'programme.next.lead':
    'Where a robot that is proven elsewhere would give most next. This is potential: expected, not counted and not signed.',
  'programme.next.caption': 'Potential by hospital and robot, the most first',
  'programme.next.empty':
    'There is no business case yet, and no robot that is proven at another hospital and does not run here.',
  'programme.next.empty.hint':
    'Enter a business case: how many items a hospital has a year, and how many minutes each takes by hand.',
  'programme.next.enter': 'Enter a business case',
  'programme.next.remove.title': 'Take this business case away?',
  'programme.next.remove.sentence':
    'What was entered before it counts again, and without that what was measured at other hospitals.',
  'programme.next.hours': 'Potential (hours a year)',
  'programme.next.fte': 'Potential in FTE',
  'programme.next.fte.norm': '{{fte}} at {{hours}}\u00A0hours',
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
  'programme.next.proven': 'Proven elsewhere',
  'programme.next.unranked': 'Without a volume of its own: cannot be ranked yet',
  'programme.next.unranked.lead':
    'These hospitals gave no volume of their own. Each has the mean of what other hospitals counted: that tells of the robot, not where it would give most. A business case of its own gives a hospital a place in the ranking.',
  'programme.next.running': 'Business cases of robots that run here already',
  'programme.next.running.lead':
    'What these robots really give stands as gross and net on the page Savings. What was expected stays here, and is not ranked.',
  'programme.next.note.layer':
    'Potential is items a year × minutes an item. It is nowhere added to gross, net or realised.',
  'programme.next.note.measured':
    'Measured is the baseline of finished regular work of the last 365 days, weighed by items, done by hand or by the robot; time of people is not taken off.',
  'programme.next.note.small': 'A hospital with fewer than five items of a robot is no proof anywhere.',
  'programme.next.note.follow':
    'Figures that were measured elsewhere lead to the report of those days. Hours = items a year × minutes ÷ 60; FTE = hours ÷ norm.',
  'programme.next.note.rounded': 'Figures are rounded on the screen only.',

  'programme.report.link': 'To the report: {{figure}}',
  'programme.value.follow':
    'Net hours lead to the report of those years, with each deployment and its calculation. A benefit is the net hours of a deployment × the rate that was valid on those days (below, per hospital); the result is benefits less costs.',
  'programme.timeuse.byhand': 'Fill in',
  'programme.timeuse.byfile': 'CSV file',
  'programme.timeuse.how': 'How to enter it',
  'programme.timeuse.file': 'File with groups and activities',
  'programme.timeuse.file.hint':
    'A row for each activity of a group, with the columns staffGroup, hours, activity and share (from 0 to 1). When a row is not right nothing is taken in. The file replaces what was entered for this year.',
} as const
