// A Windows-1252 text file as UTF-8, since DuckDB reads Latin-1 only where it holds none of the characters in which the
// two differ (the euro sign, dashes, curly quotes). Goes in: the file. Comes out: the path of a copy in the given
// folder, unpacked, streamed in bounded memory; the caller's folder is removed with it.

import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { OrderFile } from '../../ports/order-files.ts'

export async function transcodeToUtf8(file: OrderFile, folder: string): Promise<string> {
  const path = join(folder, `utf-8-${file.fingerprint.slice(0, 16)}`)
  const decoder = new TextDecoder('windows-1252')
  async function* decoded(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8')
  }
  const source = createReadStream(file.path, { highWaterMark: 1 << 20 })
  const target = createWriteStream(path)
  if (file.packed) await pipeline(source, createGunzip(), decoded, target)
  else await pipeline(source, decoded, target)
  return path
}
