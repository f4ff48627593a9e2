// Loaded before each test file: what Node compiles and strips of types is kept beside the packages, for the test files
// that come after and for the processes that tests start: 250 files and some hundred processes read the same program.

import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../node_modules/.cache/aftercart', import.meta.url))
enableCompileCache(folder)
process.env.NODE_COMPILE_CACHE ??= folder
