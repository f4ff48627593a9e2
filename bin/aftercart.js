#!/usr/bin/env node
// The way in. It is plain JavaScript because an older Node cannot even read the rest: it says so in one sentence.

const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `Aftercart needs Node 24 and this is ${process.version}: start it through npm, which brings its own (npx aftercart …, npm run demo). [runtime-too-old]\n`,
  )
  process.exitCode = 1
} else {
  const { main } = await import('../src/cli/main.ts')
  await main(process.argv)
}
