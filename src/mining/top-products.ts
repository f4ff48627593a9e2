// Keeps the best K of a stream of scored products, in memory that is reused from anchor to anchor. A higher score wins;
// of two equal scores the smaller product number, so that the outcome never depends on the sequence of offers.

export type TopProducts = {
  readonly limit: number
  /** A heap whose root is the worst that is kept. */
  readonly product: Uint32Array
  readonly score: Float64Array
  size: number
}

export function emptyTop(limit: number): TopProducts {
  return { limit, product: new Uint32Array(limit), score: new Float64Array(limit), size: 0 }
}

export function offerToTop(top: TopProducts, product: number, score: number): void {
  if (top.limit === 0) return
  if (top.size < top.limit) {
    let at = top.size++
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!isWorse(product, score, top.product[parent] as number, top.score[parent] as number)) break
      top.product[at] = top.product[parent] as number
      top.score[at] = top.score[parent] as number
      at = parent
    }
    top.product[at] = product
    top.score[at] = score
    return
  }
  if (isWorse(product, score, top.product[0] as number, top.score[0] as number)) return
  replaceWorst(top, product, score)
}

function replaceWorst(top: TopProducts, product: number, score: number): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= top.size) break
    const right = child + 1
    if (right < top.size && isKeptWorse(top, right, child)) child = right
    if (isWorse(product, score, top.product[child] as number, top.score[child] as number)) break
    top.product[at] = top.product[child] as number
    top.score[at] = top.score[child] as number
    at = child
  }
  top.product[at] = product
  top.score[at] = score
}

function isKeptWorse(top: TopProducts, a: number, b: number): boolean {
  return isWorse(
    top.product[a] as number,
    top.score[a] as number,
    top.product[b] as number,
    top.score[b] as number,
  )
}

function isWorse(product: number, score: number, thanProduct: number, thanScore: number): boolean {
  return score < thanScore || (score === thanScore && product > thanProduct)
}
