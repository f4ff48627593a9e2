// The order exports that are recognised, as a table. A file belongs to the first entry whose needed fields all have a
// column; names count without capitals, spaces and signs, their sequence in the file does not matter. Adding an entry
// is all it takes to know one more export.

export const orderFields = [
  'order',
  'product',
  'title',
  'date',
  'quantity',
  'price',
  'lineTotal',
  'customer',
  'currency',
  'country',
  'status',
  'cancelledAt',
  'returnOf',
  'items',
] as const
export type OrderField = (typeof orderFields)[number]

export type KnownExport = {
  readonly name: string
  /** Accepted column names by field; where a file has several, the first that is not blank counts. */
  readonly columns: Readonly<Partial<Record<OrderField, readonly string[]>>>
  readonly needed: readonly OrderField[]
  /** What the export is always in, where it has no such column. */
  readonly currency: string | null
  /** Order ids that begin like this are returns, or bookings that are no order. */
  readonly returnPrefix: string | null
  readonly adjustmentPrefix: string | null
  /** Fields of the order stand on its first row only; a blank order id belongs to the order above. */
  readonly fillsDown: boolean
  /** An order of these statuses is taken back as a whole. */
  readonly returnedStatuses: readonly string[]
  /** An order of these statuses was never paid and is no order. */
  readonly unpaidStatuses: readonly string[]
}

const plain = {
  currency: null,
  returnPrefix: null,
  adjustmentPrefix: null,
  fillsDown: false,
  returnedStatuses: ['refunded', 'voided', 'cancelled', 'canceled', 'returned', 'chargeback', 'charged_back'],
  unpaidStatuses: ['failed', 'expired', 'draft', 'trash', 'checkout-draft', 'auto-draft', 'unpaid'],
} as const

export const shopifyOrders: KnownExport = {
  ...plain,
  name: 'Shopify orders export',
  columns: {
    order: ['Name'],
    product: ['Lineitem sku', 'Lineitem name'],
    title: ['Lineitem name'],
    date: ['Created at', 'Paid at'],
    quantity: ['Lineitem quantity'],
    price: ['Lineitem price'],
    customer: ['Email'],
    currency: ['Currency'],
    country: ['Shipping Country', 'Billing Country'],
    status: ['Financial Status'],
    cancelledAt: ['Cancelled at'],
  },
  needed: ['order', 'product', 'date', 'quantity', 'price'],
  fillsDown: true,
}

export const uciOnlineRetail: KnownExport = {
  ...plain,
  name: 'UCI Online Retail',
  columns: {
    order: ['Invoice', 'InvoiceNo'],
    product: ['StockCode'],
    title: ['Description'],
    date: ['InvoiceDate'],
    quantity: ['Quantity'],
    price: ['Price', 'UnitPrice'],
    customer: ['Customer ID'],
    country: ['Country'],
  },
  needed: ['order', 'product', 'date', 'quantity', 'price'],
  currency: 'GBP',
  returnPrefix: 'C',
  adjustmentPrefix: 'A',
}

const wooOrderColumns = {
  order: ['order_id', 'order_number', 'order id', 'order number'],
  date: ['order_date', 'date_created', 'date created', 'created_at', 'date'],
  customer: [
    'customer_email',
    'billing_email',
    'email (billing)',
    'customer_user',
    'customer_id',
    'customer user id',
  ],
  currency: ['order_currency', 'currency'],
  country: ['shipping_country', 'billing_country', 'country code (shipping)', 'country code (billing)'],
  status: ['order_status', 'status'],
} as const

export const wooCommerceItemRows: KnownExport = {
  ...plain,
  name: 'WooCommerce orders, one row per item',
  columns: {
    ...wooOrderColumns,
    product: [
      'item_sku',
      'sku',
      'product_sku',
      'item_variation_id',
      'item_product_id',
      'product_id',
      'item id',
      'item_name',
      'product_name',
      'item name',
    ],
    title: ['item_name', 'product_name', 'line_item_name', 'item name', 'product name (main)'],
    quantity: ['item_quantity', 'item_qty', 'product_quantity', 'quantity', 'quantity (- refund)', 'qty'],
    price: ['item_price', 'item_cost', 'item cost', 'unit_price', 'product_price', 'price'],
    lineTotal: ['item_total', 'line_total', 'item_subtotal', 'order line total'],
  },
  needed: ['order', 'product', 'title', 'date', 'quantity', 'status'],
  fillsDown: true,
  unpaidStatuses: [...plain.unpaidStatuses, 'pending'],
}

export const wooCommerceOrderRows: KnownExport = {
  ...plain,
  name: 'WooCommerce orders, one row per order',
  columns: { ...wooOrderColumns, items: ['line_items', 'order_items', 'items'] },
  needed: ['order', 'date', 'status', 'items'],
  unpaidStatuses: [...plain.unpaidStatuses, 'pending'],
}

export const plainNames: KnownExport = {
  ...plain,
  name: 'order lines',
  columns: {
    order: ['order', 'order_id', 'order_number', 'order_no', 'invoice', 'invoice_no', 'transaction_id'],
    product: ['product', 'product_id', 'sku', 'variant_id', 'item', 'item_id', 'stock_code'],
    title: ['title', 'product_title', 'product_name', 'item_name', 'name', 'description'],
    date: ['date', 'order_date', 'created_at', 'placed_at', 'timestamp', 'datetime', 'invoice_date'],
    quantity: ['quantity', 'qty', 'units'],
    price: ['price', 'unit_price', 'item_price'],
    customer: ['customer', 'customer_id', 'customer_email', 'email', 'user_id'],
    currency: ['currency', 'order_currency'],
    country: ['country', 'shipping_country'],
    status: ['status', 'order_status', 'financial_status'],
    returnOf: ['return_of', 'refund_of', 'original_order'],
  },
  needed: ['order', 'product', 'date', 'quantity', 'price'],
}

export const knownExports: readonly KnownExport[] = [
  shopifyOrders,
  uciOnlineRetail,
  wooCommerceItemRows,
  wooCommerceOrderRows,
  plainNames,
]
