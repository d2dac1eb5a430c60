/** A number, text or other single value somewhere in a structure. */
export interface Leaf<Whole> {
  /** `0.deployments.1.items.done` */
  readonly path: string
  readonly value: unknown
  /** The whole structure with another value there. */
  changedTo(value: unknown): Whole
}

/** Every single value of a structure of plain objects and lists. */
export function leavesOf<Whole>(whole: Whole): Leaf<Whole>[] {
  return pathsOf(whole, []).map(({ path, value }) => ({
    ...{ path: path.join('.'), value },
    changedTo: (other) => JSON.parse(JSON.stringify(changedAt(whole, path, other))),
  }))
}

interface Found {
  readonly path: readonly string[]
  readonly value: unknown
}

function pathsOf(node: unknown, path: readonly string[]): Found[] {
  if (typeof node !== 'object' || node === null) return [{ path, value: node }]
  return Object.entries(node).flatMap(([key, below]) => pathsOf(below, [...path, key]))
}

function changedAt(node: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other
  if (typeof node !== 'object' || node === null) return node
  const changed = Object.entries(node).map(([name, below]) => [
    name,
    name === key ? changedAt(below, rest, other) : below,
  ])
  return Array.isArray(node) ? changed.map(([, below]) => below) : Object.fromEntries(changed)
}
