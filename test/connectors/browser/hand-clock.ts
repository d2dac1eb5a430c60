/** A clock that moves only when something waits on it. */
export function handClock() {
  let time = Date.UTC(2026, 10, 21, 9, 0, 5)
  const pauses: number[] = []
  return {
    now: () => time,
    pauses,
    pause: async (ms: number) => {
      pauses.push(ms)
      time += ms
    },
    pass: (ms: number) => (time += ms),
  }
}
