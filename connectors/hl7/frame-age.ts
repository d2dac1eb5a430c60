/** How long a frame has been unfinished: silence begins anew with every byte, so one that trickles in would stay for ever. */
export interface FrameAge {
  /** Call after each piece. @param hasEnded whether a frame, or what was begun, ended in it */
  look(inFrame: boolean, hasEnded: boolean): void
  stop(): void
}

/**
 * @param isHeldUp whether we are not reading: what comes late then is no doing of the peer's, and it gets its time again
 * @param giveUp called when a frame is older than `ms` milliseconds
 */
export function frameAge(ms: number, isHeldUp: () => boolean, giveUp: () => void): FrameAge {
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const start = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (isHeldUp()) start()
      else giveUp()
    }, ms)
  }
  return {
    stop,
    look(inFrame, hasEnded) {
      if (hasEnded || !inFrame) stop()
      if (inFrame) start()
    },
  }
}
