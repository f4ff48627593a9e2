// Files that people have: CSV, JSONL, Parquet, packed or not. A stage names columns, an adapter knows the kinds of file.
// Looking at a file reads all of it once, so what is damaged, empty or of no known kind is refused before anything is
// loaded: `file-not-found`, `file-unreadable`, `file-empty`, `file-format-unknown`.

import type { Workspace } from './workspace.ts'

export type OrderFile = {
  readonly path: string
  /** The name without the folder, for sentences. */
  readonly name: string
  readonly format: 'csv' | 'jsonl' | 'parquet'
  /** SHA-256 of the bytes, hex. */
  readonly fingerprint: string
  /** Size, time and place on the disk as they were looked at; `load` refuses a file that has changed since. */
  readonly stamp: string
  /** As the header writes them; a column without a name is called `column 3`. */
  readonly columns: readonly string[]
  readonly delimiter: string | null
  readonly encoding: 'utf-8' | 'windows-1252'
  /** What stands above the header of a text file: blank lines, a title, Excel's `sep=;`. */
  readonly linesAbove: number
  /** Some lines of the text end in CR LF, some in LF or CR alone. */
  readonly mixedLineEnds: boolean
  /** Records of several lines whose quotation marks do not close as they should; null where there are none. */
  readonly brokenRecords: {
    readonly records: number
    readonly lines: number
    readonly firstLine: number
    readonly lastLine: number
  } | null
  /** Packed with gzip. */
  readonly packed: boolean
  /** What stands after the last end of line of a text file, where something does. */
  readonly lastLine: string | null
  /** False where the last row of a text file has no end of line, as in a file that was cut off. */
  readonly endsWithNewline: boolean
}

export type RejectedRows = { readonly reason: string; readonly rows: number; readonly example: string }

export type LoadedRows = {
  /** Rows of the file, header and blank lines left out: those in the table, and the malformed ones. */
  readonly rowsRead: number
  readonly malformed: readonly RejectedRows[]
}

export type OrderFiles = {
  inspect(path: string, done: (fraction: number) => void): Promise<OrderFile>
  /**
   * Makes a table of text columns in the order of the file. Each column takes the first of its sources that is not
   * blank; one without sources is null. Blank text is null, white space around text is gone.
   */
  load(
    file: OrderFile,
    into: { readonly table: string; readonly columns: Readonly<Record<string, readonly string[]>> },
    workspace: Workspace,
    done: (fraction: number) => void,
  ): Promise<LoadedRows>
}
