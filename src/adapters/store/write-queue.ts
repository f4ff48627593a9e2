// Group commit: changes that arrive while a commit is under way wait, and then share one transaction and its one
// fsync. In: changes, each a function over the database. Out: a promise per change that resolves after COMMIT.
// A change that fails is rolled back to its savepoint and rejects alone; when the transaction itself fails (the disk
// is full, the lock is never free), every change of the group rejects and nothing of the group is there.

export type Transaction = {
  begin(): Promise<void>
  savepoint(): void
  releaseSavepoint(): void
  rollbackToSavepoint(): void
  commit(): void
  rollback(): void
  /** False when the engine has given the transaction up by itself, as SQLite does when the disk is full. */
  isOpen(): boolean
}

export type WriteQueue = {
  add<T>(change: () => Promise<T>): Promise<T>
  /** Resolves when all that was added has been answered. */
  drained(): Promise<void>
}

/** `succeed` and `fail` settle the caller's promise; `run` keeps the value until the commit. */
type Waiting = {
  readonly run: () => Promise<void>
  readonly succeed: () => void
  readonly fail: (error: unknown) => void
}

/** Keeps one transaction short: a reader of the event loop waits for at most this many changes. */
const groupMax = 200

export function openWriteQueue(transaction: Transaction): WriteQueue {
  const waiting: Waiting[] = []
  let draining: Promise<void> | null = null

  async function drain(): Promise<void> {
    // The first turn lets everyone who writes in this turn of the event loop join the first group.
    await nextTurn()
    while (waiting.length > 0) {
      await commitGroup(transaction, waiting.splice(0, groupMax))
      await nextTurn()
    }
    draining = null
  }

  return {
    add<T>(change: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const outcome: { value?: T } = {}
        waiting.push({
          run: async () => {
            outcome.value = await change()
          },
          succeed: () => resolve(outcome.value as T),
          fail: reject,
        })
        draining ??= drain()
      })
    },
    async drained() {
      while (draining !== null) await draining
    },
  }
}

async function commitGroup(transaction: Transaction, group: readonly Waiting[]): Promise<void> {
  const answers: (() => void)[] = []
  try {
    await transaction.begin()
    for (const change of group) answers.push(await runInSavepoint(transaction, change))
    transaction.commit()
  } catch (error) {
    if (transaction.isOpen()) transaction.rollback()
    for (const change of group) change.fail(error)
    return
  }
  for (const answer of answers) answer()
}

/** Runs one change; returns how it is to be answered once the group is on the disk. */
async function runInSavepoint(transaction: Transaction, change: Waiting): Promise<() => void> {
  transaction.savepoint()
  try {
    await change.run()
  } catch (error) {
    if (!transaction.isOpen()) throw error
    transaction.rollbackToSavepoint()
    return () => change.fail(error)
  }
  transaction.releaseSavepoint()
  return change.succeed
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
