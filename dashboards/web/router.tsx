import { createRootRoute, createRoute, createRouter, type AnyRouter } from '@tanstack/react-router'
import { pages } from './pages.ts'
import { Broken } from './shell/broken.tsx'
import { Home } from './shell/home.tsx'
import { NotFound } from './shell/not-found.tsx'
import { gated, type BringWords } from './shell/page-gate.tsx'
import { Root } from './shell/root.tsx'

/** A route for each row of the table of pages; `words` brings what the shell itself does not say. */
export function openRouter(words: BringWords): AnyRouter {
  const root = createRootRoute({ component: Root, notFoundComponent: NotFound })
  const home = createRoute({ getParentRoute: () => root, path: '/', component: Home })
  const routes = pages.map((page) =>
    createRoute({ getParentRoute: () => root, path: page.path, component: gated(page, words) }),
  )
  return createRouter({
    routeTree: root.addChildren([home, ...routes]),
    defaultErrorComponent: Broken,
    scrollRestoration: true,
    // Values in the address stay what was typed: a reference that is all digits must not become a number.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: asSearch,
  })
}

function asSearch(search: Readonly<Record<string, unknown>>): string {
  const filled = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const words = new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString()
  return words === '' ? '' : `?${words}`
}
