import type { Plugin } from 'vite'

/** Mantine's own names for the classes of one component; it is part of the pages only when the component is. */
const CLASSES = /@mantine[\\/]core[\\/]esm[\\/].*[\\/](\w+)\.module\.mjs$/

/** Brings with each component of Mantine that is used its own styles, and none of the others: all of them weigh 33 kB compressed. */
export function stylesOfComponents(): Plugin {
  return {
    name: 'styles-of-components',
    transform(code, id) {
      const [, component] = CLASSES.exec(id) ?? []
      if (component === undefined) return null
      return { code: `import '@mantine/core/styles/${component}.layer.css'\n${code}`, map: null }
    },
  }
}
