// Builds the shopper's widget into dist/storefront/aftercart.js: one classic script, so that a shop needs one line. Done only
// where it is not built yet or a source is newer, since the demo calls it at every start.

import { fileURLToPath } from 'node:url'
import { isStale } from './is-stale.ts'

const sources = new URL('../src/storefront/', import.meta.url)
const folder = new URL('../dist/storefront/', import.meta.url)

if (isStale(new URL('aftercart.js', folder), sources)) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: fileURLToPath(sources),
    logLevel: 'warn',
    build: {
      outDir: fileURLToPath(folder),
      emptyOutDir: true,
      lib: {
        entry: fileURLToPath(new URL('aftercart-offer.ts', sources)),
        formats: ['iife'],
        name: 'aftercart',
        fileName: () => 'aftercart.js',
      },
    },
  })
}
