import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const petrol: MantineColorsTuple = [
  '#edf7f8',
  '#d9ecee',
  '#b1d9de',
  '#86c4cc',
  '#5fb0bb',
  '#469fab',
  '#318a97',
  '#217885',
  '#14626d',
  '#0a4d57',
]

/** Calm and legible: the fonts of the machine, one colour of our own, figures of equal width. */
export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  // WCAG 2.2 AA: white text on the eighth shade of every colour has at least 4.5 to 1.
  primaryShade: 8,
  autoContrast: true,
  luminanceThreshold: 0.18,
  // Families by name first: asked for a half-bold of system-ui or sans-serif, Linux may hand over a bookish serif of that weight.
  fontFamily:
    '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans", system-ui, sans-serif',
  fontFamilyMonospace:
    '"Cascadia Mono", "Segoe UI Mono", "Noto Sans Mono", "Liberation Mono", "DejaVu Sans Mono", ui-monospace, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.45' },
    },
  },
  focusRing: 'auto',
  components: {
    // A link among words must be seen without its colour.
    Anchor: { defaultProps: { underline: 'always' } },
  },
})

/** Where Mantine falls short of 4.5 to 1 for text and 3 to 1 for the edge of a field, and the ground that the cards stand on. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606a',
    '--mantine-color-error': '#b32222',
    '--mantine-color-placeholder': '#66707a',
    '--mantine-color-anchor': '#14626d',
    '--mantine-color-text': '#1b2328',
    '--mantine-color-default-border': '#848e95',
    '--ontregel-ground': '#f5f7f8',
    '--ontregel-card': '#ffffff',
    '--ontregel-line': '#dde3e6',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b4bb',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-placeholder': '#98a3aa',
    '--mantine-color-anchor': '#86c4cc',
    '--mantine-color-text': '#e4e9ec',
    '--mantine-color-body': '#14191c',
    '--mantine-color-default': '#232b30',
    '--mantine-color-default-hover': '#2c363c',
    '--mantine-color-default-border': '#6f7c84',
    '--ontregel-ground': '#14191c',
    '--ontregel-card': '#1c2327',
    '--ontregel-line': '#323c42',
  },
})
