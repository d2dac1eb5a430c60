type Listener = (message: string) => void

const listeners = new Set<Listener>()

/** A short word that something was done; screen readers hear it, and it goes away by itself. */
export function told(message: string): void {
  for (const listener of listeners) listener(message)
}

/** Hears every word that is told, until the function that comes back is called. */
export function hearTold(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
