import type { Plugin } from 'vite'

const DESCRIBES = /zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/
const DEFINES = /zod[\\/]v4[\\/]classic[\\/]schemas\.js$/

const METHODS = /export const (createToJSONSchemaMethod|createStandardJSONSchemaMethod) = [\s\S]*?\n};/g
const PROCESSORS = /^ *inst\._zod\.processJSONSchema = .*;$/gm

/**
 * Leaves out of the pages what makes JSON Schema of a zod schema: every schema refers to it, only the server uses it, and
 * it weighs 8 kB compressed. Fails when zod is written otherwise, so that it cannot come back unseen.
 */
export function zodWithoutSchemas(): Plugin {
  const without = (code: string, pattern: RegExp, instead: string) => {
    const left = code.replaceAll(pattern, instead)
    if (left === code)
      throw new Error('Zod is written otherwise now: see dashboards/web/zod-without-schemas.ts.')
    return { code: left, map: null }
  }
  return {
    name: 'zod-without-schemas',
    transform(code, id) {
      if (DEFINES.test(id)) return without(code, PROCESSORS, '')
      const none = "export const $1 = () => { throw new Error('There is no JSON Schema in the pages.') };"
      return DESCRIBES.test(id) ? without(code, METHODS, none) : null
    },
  }
}
