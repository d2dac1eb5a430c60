/** Timing cases, by colleagues and by who asked for it. */
export const enTiming = {
  'savings.stopwatch.other': 'You are at a case of another measurement: finish that one first.',
  'savings.stopwatch.next': 'Finished, next case',
  'savings.stopwatch.again': 'Save again',
  'savings.stopwatch.unsent': 'Stopped at {{time}}, not saved yet: there is no connection.',
  'savings.stopwatch.long': 'This case took {{time}}',
  'savings.stopwatch.long.hint': 'That is longer than expected. Was it one case, without interruption?',
  'savings.stopwatch.long.day': 'That is longer than a day, and cannot be kept.',
  'savings.stopwatch.long.keep': 'Yes, keep it',
  'savings.stopwatch.now_one': '{{count}} case is being timed now.',
  'savings.stopwatch.now_other': '{{count}} cases are being timed now.',
  'savings.stopwatch.ended': 'The measurement has ended',
  'savings.stopwatch.ended.why': 'You were at a case still; it cannot be kept any more.',
  'savings.stopwatch.ended.ok': 'Understood',
  'savings.stopwatch.end': 'End without a baseline',
  'savings.stopwatch.end.why':
    'Nobody times cases then any more; who is at one hears so when stopping it. The times stay to be seen.',
  'savings.stopwatch.instruction': 'From when to when',
  'savings.stopwatch.instruction.hint':
    'For who times, such as: from opening the referral until it is saved.',
  'savings.stopwatch.askabove': 'Ask above (minutes)',
  'savings.stopwatch.askabove.hint': 'For a longer case it is asked whether the time is right.',

  'savings.timing.title': 'Timing',
  'savings.timing.lead':
    'Time here how long your own cases take by hand, and name under Ideas work that a robot can take over.',
  'savings.timing.ideas': 'Ideas',
  'savings.timing.none': 'Nothing is measured now',
  'savings.timing.none.hint': 'When the administrator begins a measurement, it stands here.',
  'savings.timing.how': 'Start at the beginning of a case and press finished once it is done.',
  'savings.timing.count_one': '{{count}} case was timed by all together.',
  'savings.timing.count_other': '{{count}} cases were timed by all together.',
  'savings.timing.own': 'Your own cases',
  'savings.timing.own.none': 'You have not timed a case yet.',
} as const
