// Builds the widget into dist/storefront/aftercart.js: one classic script without imports, which the server serves.

import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2022',
    outDir: '../../dist/storefront',
    emptyOutDir: true,
    lib: {
      entry: 'aftercart-offer.ts',
      formats: ['iife'],
      name: 'aftercart',
      fileName: () => 'aftercart.js',
    },
  },
})
