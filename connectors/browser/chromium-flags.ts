/**
 * Flags beside Playwright's own. A browser of ours reaches systems through the gate of its context and nothing else:
 * whatever is outside a context is sent to a proxy that is not there, and no name but the gate's is ever looked up.
 * Without HTTP/2 (and 3), where Chromium sends a request again when a ping is late or the server says it refused it, and
 * where one connection holds several requests: the gate could not tell which of them may be under way.
 */
export const CLOSED_NETWORK_FLAGS: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-http2',
  '--disable-quic',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--no-first-run',
  '--no-pings',
  '--proxy-server=socks5://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--font-render-hinting=none',
]
