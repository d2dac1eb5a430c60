/** What the unfinished frames of all connections of a channel hold in memory together. */
export interface Unfinished {
  /**
   * For one connection: what it gives is told the bytes held now whenever they change, and 0 at the end. `giveUp` is called
   * when all together hold too much and this one holds most.
   */
  join(giveUp: () => void): (bytes: number) => void
}

/** @param most Bytes; above it connections are given up until it holds again. */
export function boundUnfinished(most: number): Unfinished {
  const held = new Map<() => void, number>()
  let total = 0
  const hold = (giveUp: () => void, bytes: number) => {
    total += bytes - (held.get(giveUp) ?? 0)
    if (bytes === 0) held.delete(giveUp)
    else held.set(giveUp, bytes)
  }
  return {
    join: (giveUp) => (bytes) => {
      if (bytes === (held.get(giveUp) ?? 0)) return
      hold(giveUp, bytes)
      while (total > most) {
        const largest = [...held].reduce((one, other) => (other[1] > one[1] ? other : one))[0]
        hold(largest, 0)
        largest()
      }
    },
  }
}
