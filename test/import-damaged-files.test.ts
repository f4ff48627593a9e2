// Importing files that were cut off, broken, changed or decorated on their way here: what can be saved is saved row by
// row, and what cannot is refused as a whole, with a sentence that says where to look.

import assert from 'node:assert/strict'
import { appendFileSync, renameSync } from 'node:fs'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { localOrderFiles } from '../src/adapters/order-files/local-order-files.ts'
import { AppError } from '../src/domain/errors.ts'
import { type ImportBench, openImportBench } from './import-into.ts'

const header = 'order,sku,title,date,quantity,price,currency'
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `${from + at},mug,A mug,2024-01-05,1,2.50,EUR`)
const csv = (...lines: string[]) => `${lines.join('\n')}\n`

let bench: ImportBench

async function refused(run: () => Promise<unknown>, words: RegExp): Promise<void> {
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof AppError, String(error))
    assert.equal(error.code, 'file-unreadable')
    assert.match(error.message, words)
    return true
  })
  assert.deepEqual(await bench.ask('SELECT count(*) AS lines FROM sold_lines'), [{ lines: 0 }])
}

describe('importing damaged files', () => {
  beforeEach(async () => {
    bench = await openImportBench()
  })
  afterEach(() => bench.close())

  test('a quotation mark that stays open refuses the file and names its line, however the file ends', async () => {
    const open = '99,mug,"A mug,2024-01-05,1,2.50,EUR'
    const files: [string, string | Uint8Array, RegExp][] = [
      ['open.csv', csv(header, ...rows(1, 50), open, ...rows(100, 300)), /in line 52 that is never closed/],
      ['cut.csv', csv(header, ...rows(1, 5), '99,mug,"A mug'), /in line 7 that is never closed/],
      ['cut.tsv', csv(header, '99,mug,"A mug', 'of two lines').replaceAll(',', '\t'), /in line 2 that/],
      ['crlf.csv', `\ufeff${csv(header, ...rows(1, 5), open).replaceAll('\n', '\r\n')}`, /in line 7 that/],
      ['packed.csv.gz', gzipSync(csv(header, ...rows(1, 40_000), open, ...rows(1, 9))), /in line 40002 that/],
    ]
    for (const [name, contents, words] of files)
      await refused(() => bench.import([bench.write(name, contents)]), words)
  })

  test('a record whose quotation marks run over lines counts all of them, names them, and loses no other', async () => {
    const opened = '5001,mug,"A mug,2024-01-05,1,2.50,EUR'
    const closed = '5002,mug,"Another",2024-01-05,1,2.50,EUR'
    const path = bench.write(
      'broken.csv',
      csv(
        header,
        ...rows(1, 20),
        opened,
        ...rows(100, 3),
        closed,
        '6,m,"A" mug,2024-01-05,1,2,EUR',
        ...rows(200, 9),
      ),
    )
    const result = await bench.import([path])
    assert.equal(result.rowsKept, 29)
    assert.deepEqual(
      result.rejected.map(({ reason, rows: count }) => [reason, count]),
      [['the quotation marks of the row do not close', 6]],
    )
    assert.match(result.rejected[0]?.example ?? '', /^lines 22 to 26: 5001,mug/)
    assert.equal(result.rowsRead, result.rowsKept + 6)
  })

  test('inch marks inside a field are text', async () => {
    const path = bench.write(
      'inches.csv',
      csv(header, '1,f,Frame 5" x 7,2024-01-05,1,2.50,EUR', ...rows(2, 3)),
    )
    assert.equal((await bench.import([path])).rowsKept, 4)
  })

  test('a file that changes between looking and loading, or while it is loaded, is refused', async () => {
    const path = bench.write('growing.csv', csv(header, ...rows(1, 5)))
    const file = await localOrderFiles.inspect(path, () => {})
    const into = { table: 'raw', columns: { order_id: ['order'] } }
    const workspace = {
      temporaryFolder: bench.dataFolder,
      run: async () => appendFileSync(path, csv(...rows(6, 1))),
      rows: async () => [],
      columns: async function* () {},
      fraction: () => 0,
    }
    await refused(() => localOrderFiles.load(file, into, workspace, () => {}), /changed while it was read/)
    const other = bench.write('other.csv', csv(header, ...rows(1, 5)))
    const looked = await localOrderFiles.inspect(path, () => {})
    renameSync(other, path)
    await refused(() => localOrderFiles.load(looked, into, workspace, () => {}), /changed while it was read/)
  })

  test('lines that end some in CR LF and some in LF are all read, notes of several lines included', async () => {
    const note = '7,jug,"A jug\r\nfor two",2024-01-05,1,4.00,EUR'
    const text = `${header}\r\n${csv(...rows(1, 3))}${csv(...rows(4, 3)).replaceAll('\n', '\r\n')}${note}\n`
    for (const contents of [text, text.replaceAll('A mug', 'Café')]) {
      const result = await bench.import([bench.write('mixed.csv', Buffer.from(contents, 'latin1'))])
      assert.deepEqual([result.rowsKept, result.rejected], [7, []])
    }
    assert.deepEqual(await bench.ask('SELECT DISTINCT title FROM titles ORDER BY ALL'), [
      { title: 'A jug\nfor two' },
      { title: 'Café' },
    ])
  })

  test('blank lines are no rows: empty, of spaces, of delimiters, in CSV and in lines of JSON', async () => {
    const blanks = ['', '   ', ',,,,,,', ',,,', ' , ,,,,,']
    const path = bench.write('blank.csv', csv(header, ...rows(1, 2), ...blanks, ...rows(3, 2), ...blanks))
    const result = await bench.import([path])
    assert.deepEqual([result.rowsRead, result.rowsKept, result.rejected], [4, 4, []])
    const object = '{"order":"9","sku":"mug","date":"2024-01-05","quantity":1,"price":2.5,"currency":"EUR"}'
    const lines = await bench.import([bench.write('blank.jsonl', csv(object, '', '  ', 'null', object))])
    assert.deepEqual([lines.rowsRead, lines.rowsKept], [3, 2])
  })

  test("Excel's sep= line and a title above the header are passed over", async () => {
    const plain = csv(header, ...rows(1, 3))
    const files: [string, string][] = [
      ['sep.csv', `sep=;\n${plain.replaceAll(',', ';')}`],
      ['title.csv', `\nOrders report 2024\n\n${plain}`],
      ['padded.csv', `Orders report 2024,,,,,,\n${plain}`],
    ]
    for (const [name, text] of files) {
      const result = await bench.import([bench.write(name, text)])
      assert.deepEqual([name, result.rowsKept, result.rejected], [name, 3, []])
    }
  })
})
