const KEYS = { A: 'savings.grade.a', B: 'savings.grade.b', C: 'savings.grade.c' } as const

/** The words for a grade. */
export const gradeText = (grade: keyof typeof KEYS): (typeof KEYS)[keyof typeof KEYS] => KEYS[grade]
