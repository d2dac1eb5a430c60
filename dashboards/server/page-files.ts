import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Where `vite build` puts the pages. */
export const BUILT_PAGES = join(import.meta.dirname, '..', 'web', 'dist')

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Ontregel</title>
<p>The pages were not built yet: stop, and start with <code>npm start</code> or <code>npm run ontregel -- serve</code>, which build them. The API works: see <a href="/api">/api</a>.</p>`

/**
 * Serves the built pages: a file when there is one, else the page that all paths begin with. A file with a hash in
 * its name never changes; the first page is asked for each time. Files compressed beforehand go out as they are.
 */
export async function servePages(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: false,
    preCompressed: true,
    serveDotFiles: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes('/assets/') || path.includes('\\assets\\')
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const isPage = request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path)
    if (isPage) return await sendFirstPage(folder, reply)
    const sentence = `There is nothing here under this path: see the documentation at /api.`
    return reply.code(404).send({ error: { code: 'not-found', sentence, number: request.id } })
  })
}

async function sendFirstPage(folder: string, reply: FastifyReply): Promise<FastifyReply> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => NOT_BUILT)
  return reply.code(200).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
}
