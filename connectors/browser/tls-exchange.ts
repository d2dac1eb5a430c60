import type { Exchange } from './exchange.ts'
import { cutRecords } from './tls-records.ts'

const NOTHING = Buffer.alloc(0)
const ALERT = 21
const DATA = 23
/** In TLS 1.3 an alert looks like data: two bytes, their kind, and a tag of sixteen. No beginning of an answer is so short. */
const HIDDEN_ALERT_LENGTH = 19

/**
 * A connection that speaks TLS: what is said cannot be read, only the kinds and lengths of records. The browser's data
 * after the handshake is a request, the target's data an answer. An alert is no answer, and is not passed on while a
 * request is under way: to the browser it is the end of the connection. An empty ping of a web socket is as long as an
 * alert of TLS 1.3, so one of these is only kept back for a while.
 */
export function watchTls(): Exchange {
  const fromTarget = cutRecords()
  const requests = findRequests()
  let asked = false
  let doubtful: Buffer = NOTHING
  const release = () => {
    const bytes = doubtful
    doubtful = NOTHING
    return bytes
  }
  return {
    underWay: () => asked,
    release,
    sent: (bytes) => {
      asked = requests.sent(bytes) || asked
    },
    received: (bytes) => {
      const passed: Buffer[] = []
      for (const { kind, length, bytes: record } of fromTarget(bytes)) {
        if (asked && kind === ALERT) return { pass: Buffer.concat(passed), broken: true, inDoubt: false }
        passed.push(release())
        if (asked && kind === DATA && length === HIDDEN_ALERT_LENGTH) {
          doubtful = record
          continue
        }
        passed.push(record)
        if (kind !== DATA) continue
        requests.targetSentData()
        asked = false
      }
      return { pass: Buffer.concat(passed), broken: false, inDoubt: doubtful.length > 0 }
    },
  }
}

/** In TLS 1.3 the target's part of the handshake is data too, and the browser's first data only ends the handshake. */
function findRequests() {
  const fromBrowser = cutRecords()
  let handshake = true
  let targetSentData = false
  return {
    targetSentData: () => {
      targetSentData = true
    },
    /** Whether a request, or a part of one, is among these bytes of the browser. */
    sent: (bytes: Buffer): boolean => {
      const data = fromBrowser(bytes).filter(({ kind }) => kind === DATA).length
      const ending = data > 0 && handshake && targetSentData ? 1 : 0
      if (data > 0) handshake = false
      return data > ending
    },
  }
}
