/** The same keys as in `texts-nl-summary.ts`. */
export const enNotSaid = {
  'savings.notsaid.freed': 'Net hours are time that came free. What became of it stands with realised only.',
  'savings.notsaid.weeks':
    'A few weeks of measuring say little about a whole year; the measured days stand with each deployment.',
  'savings.notsaid.quality': 'Quality, the waiting of patients and work pleasure are not in these hours.',
  'savings.notsaid.runtime': 'The time that the robot itself runs does not count: nobody waits for it.',
} as const

/** The same keys as in `texts-nl-summary.ts`. */
export const enSummary = {
  ...enNotSaid,
  'savings.notsaid': 'What this does not say',
  'savings.headline.title': 'Net result',
  'savings.headline.ownnorms': 'each hospital at its own norm',
  'savings.report.human': 'Human hours',
  'savings.beside.across': '{{hours}} more signed for months that lie partly outside the period',
  'savings.beside.caption': 'Not in these hours',
  'savings.margin': '± {{margin}} (95 %)',
  'savings.withdrawn': 'Earlier totals of this period were others: an import was withdrawn.',
  'savings.withdrawn.items_one': '{{hospital}}: {{count}} item of import {{number}}, withdrawn on {{day}}',
  'savings.withdrawn.items_other': '{{hospital}}: {{count}} items of import {{number}}, withdrawn on {{day}}',
  'savings.withdrawn.few': '{{hospital}}: fewer than five items of import {{number}}, withdrawn on {{day}}',
  'savings.robots.title': 'By robot',
  'savings.robots.caption': 'What each robot did and gave, all hospitals together',
  'savings.robots.hospitals': 'Hospitals',
  'savings.robots.parkedshare': 'Parked share',
  'savings.robots.leadtime': 'Lead time (mean, hours)',
  'savings.robots.withinaday': 'Within a day',
  'savings.robots.note':
    'Lead time: from the arrival of an item until the robot was done. Parked share: parked ÷ (done + parked), in times: what was given back and then done counts as both.',
  'savings.robots.adoption': 'Adoption: how far each robot is at each hospital',
  'savings.activities.title': 'By activity',
  'savings.activities.caption': 'Net hours by activity, all hospitals together',
} as const
