import type { TextKey } from '../texts.ts'

/** What the values of a setting are called, by the setting's own name: those of a fixed few. */
export const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, TextKey>>>> = {
  mode: { off: 'shared.mode.off', shadow: 'shared.mode.shadow', live: 'shared.mode.live' },
  phase: {
    idea: 'programme.phase.idea',
    concept: 'programme.phase.concept',
    test: 'programme.phase.test',
    live: 'programme.phase.live',
    'scaled-up': 'programme.phase.scaled-up',
  },
  moment: { before: 'programme.pleasure.before', after: 'programme.pleasure.after' },
  wanted: { work: 'operate.worker.work', drain: 'operate.worker.drain', stop: 'operate.worker.stop' },
  activity: {
    diagnostics: 'programme.activity.diagnostics',
    outpatient: 'programme.activity.outpatient',
    reporting: 'programme.activity.reporting',
    logistics: 'programme.activity.logistics',
    medication: 'programme.activity.medication',
    planning: 'programme.activity.planning',
    finance: 'programme.activity.finance',
    personnel: 'programme.activity.personnel',
  },
  method: {
    stopwatch: 'savings.method.stopwatch',
    shadow: 'savings.method.shadow',
    log: 'savings.method.log',
    estimate: 'savings.method.estimate',
  },
  purpose: {
    'post-not-refilled': 'savings.purpose.post-not-refilled',
    'temporary-staff-ended': 'savings.purpose.temporary-staff-ended',
    'overtime-ended': 'savings.purpose.overtime-ended',
    'more-care': 'savings.purpose.more-care',
    'less-pressure': 'savings.purpose.less-pressure',
  },
  role: roles(),
  roles: roles(),
  way: { password: 'operate.signins.way.password', oidc: 'operate.signins.way.oidc' },
  /** Of a cost, and of a system. */
  kind: {
    licences: 'programme.value.licences',
    hours: 'programme.value.hours',
    hosting: 'programme.value.hosting',
    other: 'programme.value.other',
    web: 'administer.systems.kind.web',
    fhir: 'administer.systems.kind.fhir',
    hl7: 'administer.systems.kind.hl7',
  },
  state: {
    open: 'programme.ideas.state.open',
    chosen: 'programme.ideas.state.chosen',
    declined: 'programme.ideas.state.declined',
  },
  missed: {
    last: 'administer.schedule.missed.last',
    all: 'administer.schedule.missed.all',
    none: 'administer.schedule.missed.none',
  },
}

/** The halves of a year. */
export const HALF_WORDS = { '1': 'programme.rounds.first', '2': 'programme.rounds.second' } as const

function roles(): Readonly<Record<string, TextKey>> {
  return {
    administrator: 'door.role.administrator',
    it: 'door.role.it',
    programme: 'door.role.programme',
    auditor: 'door.role.auditor',
  }
}
