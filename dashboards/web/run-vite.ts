import { build } from 'vite'
import config from './vite.config.ts'

/**
 * Builds the pages into the folder that is its argument: a program of its own, for Vite takes development builds of
 * libraries when its process is not set to production, whatever it is asked.
 */
const [outDir] = process.argv.slice(2)
if (outDir === undefined) throw new Error('It needs the folder to build into.')
await build({ ...config, configFile: false, logLevel: 'silent', build: { ...config.build, outDir } })
