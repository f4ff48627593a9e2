// Every failure that comes from outside (a file, a database, a request) has one code in this table. `docs/errors.md`
// has an entry for each, and a test keeps the two equal. Expected outcomes are not errors: they are returned.

export type ErrorRule = {
  /** HTTP status where it reaches a client. */
  readonly status: number
  /** True when trying the same thing again later may work. */
  readonly retryable: boolean
  /** What the public may read; the message of the thrown error holds what, where and what to do. */
  readonly title: string
}

export const errorTable = {
  'file-not-found': { status: 400, retryable: false, title: 'The file does not exist' },
  'file-empty': { status: 400, retryable: false, title: 'The file holds no rows' },
  'file-unreadable': { status: 400, retryable: false, title: 'The file cannot be read' },
  'folder-not-empty': { status: 409, retryable: false, title: 'The folder holds files already' },
  'truth-invalid': { status: 400, retryable: false, title: 'The truth of the simulated shop cannot be read' },
  'file-format-unknown': { status: 400, retryable: false, title: 'The kind of file is not known' },
  'columns-not-recognised': { status: 400, retryable: false, title: 'The columns were not recognised' },
  'column-missing': { status: 400, retryable: false, title: 'A column is missing' },
  'no-history': { status: 409, retryable: false, title: 'No orders have been imported' },
  'catalog-incomplete': {
    status: 409,
    retryable: false,
    title: 'The catalog does not hold all products that were sold',
  },
  'no-plan': { status: 409, retryable: false, title: 'No plan has been published' },
  'data-folder-missing': { status: 400, retryable: false, title: 'There is no such data folder' },
  'data-folder-unusable': { status: 503, retryable: true, title: 'The data folder cannot be used' },
  'data-folder-busy': {
    status: 503,
    retryable: true,
    title: 'Another process is writing to the data folder',
  },
  'history-damaged': { status: 500, retryable: false, title: 'The order history is damaged' },
  'history-newer': { status: 500, retryable: false, title: 'The order history belongs to a newer version' },
  'store-unavailable': { status: 503, retryable: true, title: 'The store cannot be reached' },
  'store-damaged': { status: 500, retryable: false, title: 'The store is damaged' },
  'store-not-durable': {
    status: 500,
    retryable: false,
    title: 'The store acknowledges writes that a power cut would lose',
  },
  'clock-off': { status: 500, retryable: false, title: 'The clocks of server and database disagree' },
  'store-newer': { status: 500, retryable: false, title: 'The store belongs to a newer version' },
  'not-fit': { status: 409, retryable: false, title: 'The installation is not fit to go live' },
  'settings-invalid': { status: 400, retryable: false, title: 'The settings are not valid' },
  'invalid-argument': { status: 400, retryable: false, title: 'An argument is not valid' },
  'request-invalid': { status: 400, retryable: false, title: 'The request is not valid' },
  unauthorized: { status: 401, retryable: false, title: 'A valid API key is needed' },
  'not-found': { status: 404, retryable: false, title: 'There is nothing here' },
  'order-unknown': { status: 404, retryable: false, title: 'The order is not known' },
  'order-conflict': {
    status: 409,
    retryable: false,
    title: 'The order was already received with other contents',
  },
  'experiment-refused': { status: 409, retryable: false, title: 'The experiment cannot take this step' },
  'offer-unknown': { status: 404, retryable: false, title: 'This is not an offer of ours' },
  'provider-unavailable': { status: 503, retryable: true, title: 'The payment provider does not answer' },
  'shop-unavailable': { status: 503, retryable: true, title: 'The back end of the shop does not answer' },
  'channel-unavailable': { status: 503, retryable: true, title: 'The mail or SMS provider does not answer' },
  'too-many-requests': { status: 429, retryable: true, title: 'Too many requests' },
  'origin-refused': { status: 403, retryable: false, title: 'This page may not ask' },
  'body-too-large': { status: 413, retryable: false, title: 'The request is too large' },
  'port-in-use': { status: 500, retryable: false, title: 'The port is taken' },
  'runtime-too-old': { status: 500, retryable: false, title: 'This needs Node 24' },
  internal: { status: 500, retryable: false, title: 'Something went wrong on our side' },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof errorTable

/** A coded failure from outside. `message` is one sentence: what, where, what to do. */
export class AppError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.code = code
  }
}
