// Builds the owner's page into dist/dashboard, which the server reads. Everything becomes a file of its own: the page
// runs under a policy without inline script, inline style or data addresses.

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
