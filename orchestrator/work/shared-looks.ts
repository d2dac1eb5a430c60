/**
 * Lets those who ask for the same at the same time share one answer. Nobody gets one from before they asked: who comes
 * while it is being looked up waits for the next look.
 */
export function shareLooks<Found>(look: (id: string) => Promise<Found>): (id: string) => Promise<Found> {
  const underWay = new Map<string, Promise<unknown>>()
  const next = new Map<string, Promise<Found>>()
  return (id) => {
    const shared = next.get(id)
    if (shared) return shared
    const before = (underWay.get(id) ?? Promise.resolve()).catch(() => undefined)
    const asked = before.then(async () => {
      next.delete(id)
      const looked = look(id)
      underWay.set(id, looked)
      try {
        return await looked
      } finally {
        if (underWay.get(id) === looked) underWay.delete(id)
      }
    })
    next.set(id, asked)
    return asked
  }
}
