declare module '*.css'

/** All words of one language; see texts-by-language.ts. */
declare module 'virtual:texts/*' {
  const words: Readonly<Record<string, string>>
  export default words
}
