import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { stylesOfComponents } from './styles-of-components.ts'
import { textsByLanguage } from './texts-by-language.ts'
import { zodWithoutSchemas } from './zod-without-schemas.ts'

/**
 * What every page needs comes in one file, and what many of them need in another, for each request has headers of its own.
 * Pages and forms are imported when they are needed, and come in files of their own by that alone.
 */
const MANY = 20
const FILES = [
  { name: 'first', tags: ['$initial' as const] },
  { name: 'shared', minShareCount: MANY },
]

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), stylesOfComponents(), textsByLanguage(), zodWithoutSchemas()],
  build: {
    target: 'es2022',
    // Browsers from 2024 on: older targets would have light-dark() rewritten in a way that follows no choice of the reader.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    outDir: join(import.meta.dirname, 'dist'),
    sourcemap: false,
    // The content policy has no room for data: scripts, and one request more is nothing beside a clear policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: FILES } } },
  },
})
