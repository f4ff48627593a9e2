// A real Chromium for tests and pictures, from the npm package @sparticuz/chromium: no system package is needed.
// Goes out: a browser of playwright-core and a `close` that ends it and removes everything that it unpacked. Each call
// unpacks into a folder of its own, so that runs side by side never meet a half-written file; the fonts are the ones of
// the package, so that pages look the same on every machine.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** Flags of the package that loosen the same-origin policy, or share one process so that one crash ends all. */
const unwantedFlags = new Set([
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
  '--single-process',
])

export type LaunchedBrowser = { readonly browser: Browser; close(): Promise<void> }

/** A program that was unpacked a moment ago is not always let start on a busy machine: once more, from the beginning. */
const ATTEMPTS = 3

export async function launchChromium(): Promise<LaunchedBrowser> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce()
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

async function launchOnce(): Promise<LaunchedBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'aftercart-chromium-'))
  try {
    chromium.setGraphicsMode = false
    const executablePath = await unpackInto(folder)
    const fontConfig = join(folder, 'fonts.conf')
    await writeFile(
      fontConfig,
      `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`,
    )
    const browser = await playwright.launch({
      executablePath,
      args: chromium.args.filter((flag) => !unwantedFlags.has(flag)),
      env: { ...process.env, HOME: folder, TMPDIR: folder, FONTCONFIG_FILE: fontConfig },
    })
    return {
      browser,
      close: async () => {
        await browser.close()
        await rm(folder, { recursive: true, force: true, maxRetries: 5 })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** The package unpacks into the folder for temporary files, which Node reads from TMPDIR each time it is asked. */
async function unpackInto(folder: string): Promise<string> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    return await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
