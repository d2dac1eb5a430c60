import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { stylesOfComponents } from './styles-of-components.ts'
import { textsByLanguage } from './texts-by-language.ts'

/**
 * What every page needs comes in one file, for each request has headers of its own. Pages, charts and forms are imported
 * when they are needed, and come in files of their own by that alone.
 */
const FILES = [{ name: 'first', tags: ['$initial' as const] }]

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), stylesOfComponents(), textsByLanguage()],
  resolve: { alias: { '@rjsf/validator-ajv8': join(import.meta.dirname, 'no-other-validator.ts') } },
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
