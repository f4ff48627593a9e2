// The product exports that are recognised, as a table, in the manner of known-exports.ts. The id must be what order lines
// call the product: the SKU where there is one.

export const catalogFields = [
  'id',
  'title',
  'formName',
  'group',
  'category',
  'brand',
  'price',
  'currency',
  'image',
  'url',
  'status',
  'published',
  'stock',
  'kind',
  'parent',
  'otherId',
  'lastsDays',
  'crossSells',
] as const
export type CatalogField = (typeof catalogFields)[number]

export type KnownCatalog = {
  readonly name: string
  readonly columns: Readonly<Partial<Record<CatalogField, readonly string[]>>>
  readonly needed: readonly CatalogField[]
  /** Prices stand in one column per currency, named by this beginning: "Variant Price EUR". */
  readonly pricePrefixes: readonly string[]
  /** Rows of one group may leave title, category, image and status to the first of them. */
  readonly fillsDownByGroup: boolean
  /** The tags of a product: each column holds a list. A number may stand at the end of these names ("Product Tag 2"). */
  readonly tagColumns: readonly string[]
  /** Columns that name a property and its values: "Attribute 1 name", "Attribute 1 value(s)". */
  readonly propertyColumns: { readonly name: RegExp; readonly values: (number: string) => string } | null
  /** Several brands may stand in the field of the brand. */
  readonly listsBrands: boolean
  /** What joins a title and the name of a form where neither has a SKU, as order lines write it. */
  readonly joinsTitleAndForm: boolean
}

/** How shops name the days that one unit of a product lasts. */
const lastsDaysNames = [
  'lasts_days',
  'consumable_days',
  'days_supply',
  'days_of_supply',
  'supply_days',
  'refill_days',
  'replenishment_days',
  'reorder_days',
]

export const knownCatalogs: readonly KnownCatalog[] = [
  {
    name: 'Shopify products',
    columns: {
      id: ['Variant SKU'],
      title: ['Title'],
      formName: ['Option1 Value', 'Option2 Value', 'Option3 Value'],
      group: ['Handle', 'URL handle'],
      category: ['Type', 'Product Category'],
      brand: ['Vendor'],
      price: ['Variant Price'],
      image: ['Variant Image', 'Image Src'],
      status: ['Status'],
      published: ['Published'],
      stock: ['Variant Inventory Qty'],
      lastsDays: lastsDaysNames.map((name) => `${name} (product.metafields.custom.${name})`),
    },
    needed: ['group', 'title', 'price'],
    pricePrefixes: [],
    fillsDownByGroup: true,
    tagColumns: ['Tags'],
    propertyColumns: null,
    listsBrands: false,
    joinsTitleAndForm: true,
  },
  {
    name: 'Medusa products',
    columns: {
      id: ['Variant Sku', 'Variant Id'],
      title: ['Product Title'],
      formName: ['Variant Title'],
      group: ['Product Handle', 'Product Id'],
      category: ['Product Type', 'Product Collection Title'],
      image: ['Product Thumbnail', 'Product Image 1', 'Image 1 Url'],
      status: ['Product Status'],
      stock: ['Variant Inventory Quantity'],
      lastsDays: lastsDaysNames,
    },
    needed: ['id', 'title', 'group', 'formName'],
    pricePrefixes: ['variantprice', 'price'],
    fillsDownByGroup: false,
    tagColumns: ['Product Tags', 'Product Tag'],
    propertyColumns: null,
    listsBrands: false,
    joinsTitleAndForm: false,
  },
  {
    name: 'WooCommerce products',
    columns: {
      id: ['SKU', 'ID'],
      otherId: ['ID'],
      title: ['Name'],
      category: ['Categories'],
      brand: ['Brands', 'Brand'],
      price: ['Sale price', 'Regular price'],
      image: ['Images'],
      published: ['Published'],
      stock: ['Stock'],
      kind: ['Type'],
      parent: ['Parent'],
      lastsDays: lastsDaysNames.flatMap((name) => [name, `Meta: ${name}`]),
      crossSells: ['Cross-sells'],
    },
    needed: ['id', 'title', 'kind', 'published'],
    pricePrefixes: [],
    fillsDownByGroup: false,
    tagColumns: ['Tags'],
    propertyColumns: { name: /^Attribute (\d+) name$/i, values: (number) => `Attribute ${number} value(s)` },
    listsBrands: true,
    joinsTitleAndForm: false,
  },
  {
    name: 'products',
    columns: {
      id: ['sku', 'product_id', 'product', 'variant_id', 'id', 'stock_code', 'item_id'],
      title: ['title', 'name', 'product_title', 'product_name', 'description'],
      group: ['variant_group', 'item_group_id', 'parent_id', 'handle'],
      category: ['category', 'product_type', 'type', 'categories', 'google_product_category'],
      brand: ['brand', 'brand_name', 'vendor', 'manufacturer', 'maker'],
      price: ['sale_price', 'price', 'unit_price'],
      currency: ['currency', 'currency_code', 'price_currency'],
      image: ['image_url', 'image_link', 'image', 'image_src'],
      url: ['url', 'link', 'product_url'],
      status: ['status', 'availability'],
      stock: ['stock', 'inventory', 'stock_quantity', 'inventory_quantity'],
      lastsDays: lastsDaysNames,
      crossSells: ['cross_sells', 'cross_sell_ids', 'related'],
    },
    needed: ['id', 'title'],
    pricePrefixes: [],
    fillsDownByGroup: false,
    tagColumns: ['tags', 'tag', 'product_tags', 'labels'],
    propertyColumns: null,
    listsBrands: false,
    joinsTitleAndForm: false,
  },
]
