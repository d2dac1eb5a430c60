import type { nlExplain } from './texts-nl-explain.ts'

/** Words of what explains a figure. */
export const enExplain: Readonly<Record<keyof typeof nlExplain, string>> = {
  'savings.nointerval.withheld':
    'no interval shown: how often each baseline counted follows from it, and a number below five could point at somebody',
  'savings.explain.norms': 'FTE at each norm',
  'savings.explain.norm': 'Norm',
  'savings.explain.norm.own': 'Norm of the hospital',
  'savings.explain.norm.contract': 'Always stands beside it',
  'savings.explain.norm.always': 'does not depend on a day',
  'savings.explain.norm.default': 'default: the hospital chose no norm itself',
  'savings.explain.norm.made': '{{name}} (norm of the hospital’s own)',
  'savings.bookings.open': 'Show bookings',
  'savings.bookings.title': 'Hours booked on {{deployment}}',
  'savings.bookings.caption': 'Booked hours, the newest day first',
  'savings.bookings.regular': '{{hours}} hours together: so many are subtracted from the net hours.',
  'savings.bookings.oneoff':
    'Besides {{hours}} hours on days of a backlog: those are subtracted from the one-off hours.',
  'savings.bookings.withdrawn': 'Withdrawn: {{hours}} hours. They count nowhere.',
  'savings.bookings.nobody':
    'Together for each day. Who booked and what for is seen by administrators and auditors of the hospital.',
  'savings.bookings.more_one':
    'Only the newest {{count}} line is here; the sums are of all bookings. Ask for a shorter period for the rest.',
  'savings.bookings.more_other':
    'Only the newest {{count}} lines are here; the sums are of all bookings. Ask for a shorter period for the rest.',
  'savings.bookings.empty': 'Nothing was booked in this period.',
  'savings.booked.regular': 'regular',
  'savings.booked.one-off': 'one-off',
  'savings.booked.withdrawn': 'withdrawn',
  'savings.measure.gross-hours': 'Gross hours',
  'savings.measure.human-hours': 'Human hours',
  'savings.measure.upkeep-hours': 'Upkeep hours',
  'savings.measure.measured-days': 'Measured days',
  'savings.measure.done': 'Done',
  'savings.measure.parked': 'Parked',
  'savings.measure.by-hand': 'By hand',
  'savings.measure.left-out': 'Not counted',
  'savings.measure.without-baseline': 'Without baseline',
  'savings.measure.one-off-items': 'One-off items',
  'savings.step.gross-hours': 'Gross hours',
  'savings.step.human-hours': 'Human hours',
  'savings.step.upkeep': 'Upkeep hours',
  'savings.step.measured-days': 'Measured days',
  'savings.step.items': 'Items',
  'savings.term.items': 'items',
  'savings.term.calendar-days': 'calendar days',
  'savings.term.backlog-days': 'days of a backlog',
  'savings.nointerval.exact': 'counted, not estimated: it has no interval',
  'savings.step.withheld.items':
    'Which counts this is made of is not shown: a number below five could point at somebody.',
  'savings.explain.from': 'from {{day}}',
  'savings.explain.why.human-hours':
    'Human minutes: the measured time in the worklist and the fixed time for each parked item, as they were counted by day.',
  'savings.explain.why.upkeep-hours':
    'Upkeep hours are booked by administrators: behind each deployment are the bookings.',
  'savings.explain.why.measured-days':
    'All calendar days count, from the first day on which the deployment ever counted anything (or of the period, when that begins later) to the end, without the days of a backlog. This goes no further.',
  'savings.explain.why.items': 'This is a count: it is made of the counts by day below, and those of items.',
  'savings.realised.within':
    'What lies wholly in these days and was not withdrawn is {{hours}} hours together',
  'savings.parts.open': 'Show',
  'savings.parts.head': 'Made of',
  'savings.parts.title': 'What this is made of: {{of}}',
  'savings.parts.sum':
    'Hours and counts are the sum of these deployments; each figure leads to its own calculation. What is not shown of a deployment is not shown as a sum either.',
  'savings.parts.parkedshare': 'Parked share: {{parked}} ÷ ({{done}} + {{parked}}) = {{share}} %.',
  'savings.parts.leadtime':
    'Lead time: {{seconds}} seconds ÷ {{items}} items ÷ 3,600 = {{hours}} hours on average. This goes no further: only numbers and the sum of the seconds are kept for a day, so there is no median.',
  'savings.parts.timed': 'Items with a lead time',
  'savings.parts.seconds': 'Seconds together',
  'savings.parts.withinaday': 'Within a day: {{within}} ÷ {{items}} = {{share}} %.',
  'savings.headline.sum':
    'This is the sum of the hospitals in the table below; each figure there leads to its calculation.',
  'savings.trend.follow':
    'Each figure in the table leads to the calculation of that month; of a robot or activity with several deployments first to the deployments it is made of.',
  'savings.trend.parts':
    'The figure is the sum of these deployments in that month; each leads to its own calculation.',
  'savings.trend.parts.together':
    'Deployments that are taken together are not shown one by one: a number below five would follow from the hours of such a month. They count in the hours of their hospital.',
}
