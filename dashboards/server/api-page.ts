import type { FastifyInstance } from 'fastify'
import { describeRoute, openApi, whoMay } from './openapi.ts'
import type { Route } from './route.ts'

/** Serves what there is to ask: `/api` for people, `/api/openapi.json` for programs. Both without scripts of anybody. */
export function serveApiPages(server: FastifyInstance, routes: readonly Route[]): void {
  // Made when first asked for: it takes longer than the rest of the start.
  let described: ReturnType<typeof openApi> | undefined
  let page: string | undefined
  server.get('/api/openapi.json', (_, reply) => reply.send((described ??= openApi(routes))))
  server.get('/api', (_, reply) => reply.type('text/html; charset=utf-8').send((page ??= apiPage(routes))))
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{overflow:auto;padding:.75rem;border:1px solid}
summary{cursor:pointer;padding:.25rem 0}summary code{font-weight:600}`

function apiPage(routes: readonly Route[]): string {
  const areas = Map.groupBy(routes, ({ path }) => areaOf(path))
  const sections = [...areas].map(
    ([area, own]) => `<h2>${escape(area)}</h2>\n${own.map((route) => routeDetails(route)).join('\n')}`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ontregel: the API</title><style>${STYLE}</style></head><body><main><h1>The API of Ontregel</h1>
<p>The pages use it, and programs may. A program sends a token, made by an administrator of the hospital:
<code>Authorization: Bearer ontregel_…</code>. What goes in and out is JSON; what is not right comes back as
<code>{"error":{"code","sentence","field","number"}}</code>. For programs: <a href="/api/openapi.json">OpenAPI</a>.</p>
${sections.join('\n')}</main></body></html>`
}

/** The first word of a path that says what it is about. */
function areaOf(path: string): string {
  const words = path.replace('/api/hospitals/:hospital', 'hospital').replace('/api/', '').split('/')
  return words[0] === 'hospital' ? `a hospital: ${words[1] ?? ''}` : (words[0] ?? '')
}

function routeDetails(route: Route): string {
  const { method, path, summary } = route
  const details = JSON.stringify(describeRoute(route), null, 2)
  return `<details><summary><code>${method} ${escape(path)}</code> ${escape(summary)}</summary>
<p>For ${escape(whoMay(route))}.</p><pre tabindex="0">${escape(details)}</pre></details>`
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
