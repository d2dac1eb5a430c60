/** The areas whose words come with their pages; those of the door and what areas share come first, with the shell. */
export const AREAS = ['administer', 'items', 'operate', 'savings', 'programme'] as const

/** An area of the pages that has words of its own. */
export type TextArea = (typeof AREAS)[number]

/** What the words come in: those of the shell, the sentences for codes of the server, and those of each area. */
export type TextPart = 'first' | 'failures' | TextArea
