// A text file as DuckDB reads it: UTF-8, since it reads Latin-1 only where that holds none of the characters in which
// Windows-1252 differs (the euro sign, dashes, curly quotes), and every line ended by LF, since it refuses a file that
// ends some in CR LF. Goes in: the file. Comes out: the path of a copy in the given folder, unpacked, streamed in bounded
// memory; the caller's folder is removed with it.

import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { OrderFile } from '../../ports/order-files.ts'

export function needsCopy(file: OrderFile): boolean {
  return file.encoding !== 'utf-8' || file.mixedLineEnds
}

export async function copyAsPlainText(file: OrderFile, folder: string): Promise<string> {
  const path = join(folder, `plain-${file.fingerprint.slice(0, 16)}`)
  const decoder = new TextDecoder('windows-1252')
  const asUtf8 = (chunk: Buffer) =>
    file.encoding === 'utf-8' ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8')
  let endedInCr = false
  async function* decoded(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      // Byte by byte as Latin-1, which keeps whatever bytes there are.
      const text = asUtf8(chunk).toString('latin1')
      const rest = endedInCr && text.startsWith('\n') ? text.slice(1) : text
      endedInCr = text.endsWith('\r')
      yield Buffer.from(rest.replace(/\r\n?/g, '\n'), 'latin1')
    }
  }
  const source = createReadStream(file.path, { highWaterMark: 1 << 20 })
  const target = createWriteStream(path)
  if (file.packed) await pipeline(source, createGunzip(), decoded, target)
  else await pipeline(source, decoded, target)
  return path
}
