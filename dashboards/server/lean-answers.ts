import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'

const squeeze = promisify(gzip)

/** Below this it would hardly become smaller. */
const LEAST_BYTES = 1024

/** What tells a browser how to treat a page: on a script or a style it says nothing, and each file would carry it. */
const OF_PAGES = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
]

/** What tells whether a file changed since: one with a hash in its name never does. */
const OF_WHAT_CHANGES = ['etag', 'last-modified', 'accept-ranges']

/** Files with a hash in their name, and those beside the first page. */
const HASHED = /^\/assets\//
const BESIDE = /^\/[\w-]+\.(js|svg)$/

/**
 * Keeps what goes over the line small: JSON is compressed for who takes that, and files of the pages go without the
 * headers that only pages need. No answer holds a secret beside what another site can put in: such a site's
 * requests have no session, so the length of an answer tells it nothing.
 */
export function leanAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode < 400) for (const name of needless(request.url)) reply.removeHeader(name)
    if (typeof payload !== 'string' || payload.length < LEAST_BYTES || !isJson(reply)) return payload
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload
    void reply
      .header('content-encoding', 'gzip')
      .header('vary', 'accept-encoding')
      .removeHeader('content-length')
    return await squeeze(payload)
  })
}

function needless(path: string): readonly string[] {
  if (HASHED.test(path)) return [...OF_PAGES, ...OF_WHAT_CHANGES]
  return BESIDE.test(path) ? OF_PAGES : []
}

const isJson = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type') ?? '').startsWith('application/json')
