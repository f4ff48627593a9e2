// What the simulated shop sells: departments with their categories. `goesWith` names the categories whose products may
// complete a product of this one, `leadsTo` those that come next.

import type { Season } from './simulation.ts'

export type Category = {
  readonly name: string
  readonly nouns: readonly string[]
  /** Durables are bought once, consumables run out, small things are neither. */
  readonly role: 'durable' | 'small' | 'consumable'
  /** Lowest and highest price in major units. */
  readonly price: readonly [number, number]
  readonly forms: 'colours' | 'sizes' | 'set' | 'packs' | null
  /** What one unit of a pack holds: "500 g". */
  readonly unit: string | null
  /** How long one unit lasts, shortest and longest. */
  readonly lastsDays: readonly [number, number] | null
  readonly goesWith: readonly string[]
  readonly leadsTo: readonly string[]
}

export type Department = {
  readonly name: string
  readonly code: string
  readonly season: Season | null
  readonly categories: readonly Category[]
}

type More = Partial<Pick<Category, 'forms' | 'goesWith' | 'leadsTo'>>
function durable(name: string, nouns: string, low: number, high: number, more: More = {}): Category {
  return { ...small(name, nouns, low, high, more), role: 'durable' }
}

function small(name: string, nouns: string, low: number, high: number, more: More = {}): Category {
  return {
    name,
    nouns: nouns.split(', '),
    role: 'small',
    price: [low, high],
    forms: more.forms ?? null,
    unit: null,
    lastsDays: null,
    goesWith: more.goesWith ?? [],
    leadsTo: more.leadsTo ?? [],
  }
}

function consumable(
  name: string,
  nouns: string,
  low: number,
  high: number,
  unit: string,
  lastsDays: readonly [number, number],
  more: More = {},
): Category {
  return { ...small(name, nouns, low, high, more), role: 'consumable', forms: 'packs', unit, lastsDays }
}

export const departments: readonly Department[] = [
  {
    name: 'Coffee',
    code: 'CF',
    season: null,
    categories: [
      durable('Espresso machines', 'Espresso Machine, Bean to Cup Machine', 220, 640, {
        forms: 'colours',
        goesWith: ['Descalers', 'Milk jugs', 'Tampers', 'Coffee beans'],
        leadsTo: ['Coffee grinders'],
      }),
      durable('Coffee grinders', 'Coffee Grinder, Burr Grinder', 70, 260, {
        goesWith: ['Coffee beans', 'Grinder brushes'],
      }),
      durable('Filter coffee makers', 'Pour Over Set, Filter Coffee Maker', 35, 120, {
        goesWith: ['Filter papers', 'Coffee beans', 'Kitchen scales'],
        leadsTo: ['Coffee grinders'],
      }),
      consumable('Coffee beans', 'Espresso Beans, Filter Coffee Beans', 8, 14, '500 g', [14, 30]),
      consumable('Filter papers', 'Filter Papers, Paper Cone Filters', 4, 7, '100 sheets', [40, 75]),
      consumable('Descalers', 'Liquid Descaler, Descaling Tablets', 7, 13, '250 ml', [45, 80]),
      small('Milk jugs', 'Milk Jug, Frothing Pitcher', 12, 32),
      small('Tampers', 'Coffee Tamper, Levelling Tool', 18, 45),
      small('Grinder brushes', 'Grinder Brush, Bean Scoop', 6, 14),
    ],
  },
  {
    name: 'Tea',
    code: 'TE',
    season: null,
    categories: [
      durable('Kettles', 'Electric Kettle, Gooseneck Kettle', 45, 140, {
        forms: 'colours',
        goesWith: ['Descalers', 'Loose tea'],
        leadsTo: ['Teapots'],
      }),
      durable('Teapots', 'Teapot, Glass Teapot, Cast Iron Teapot', 28, 90, {
        goesWith: ['Loose tea', 'Tea strainers', 'Teacups'],
        leadsTo: ['Tea tins'],
      }),
      small('Teacups', 'Teacup and Saucer, Tea Bowl', 9, 22, { forms: 'set' }),
      consumable(
        'Loose tea',
        'Breakfast Tea, Oolong Tea, Rooibos Tea, Jasmine Tea',
        6,
        16,
        '100 g',
        [20, 40],
      ),
      small('Tea strainers', 'Tea Strainer, Tea Infuser', 6, 14),
      small('Tea tins', 'Tea Tin, Tea Caddy', 8, 18, { forms: 'set' }),
    ],
  },
  {
    name: 'Kitchen',
    code: 'KI',
    season: null,
    categories: [
      durable('Pans', 'Frying Pan, Casserole Pan, Saute Pan', 40, 160, {
        goesWith: ['Pan protectors', 'Cooking spatulas', 'Pan cleaners'],
        leadsTo: ['Cookbooks'],
      }),
      durable('Chef knives', 'Chef Knife, Santoku Knife', 45, 180, {
        goesWith: ['Cutting boards', 'Knife sharpeners'],
        leadsTo: ['Knife blocks'],
      }),
      durable('Kitchen scales', 'Kitchen Scale, Precision Scale', 22, 60),
      durable('Knife blocks', 'Knife Block, Magnetic Knife Rack', 35, 90),
      small('Cutting boards', 'Cutting Board, Chopping Board', 15, 40),
      small('Knife sharpeners', 'Knife Sharpener, Honing Rod', 14, 38),
      small('Cooking spatulas', 'Spatula, Cooking Spoon, Kitchen Tongs', 6, 18, { forms: 'colours' }),
      small('Pan protectors', 'Pan Protector, Pot Trivet', 7, 16),
      consumable('Pan cleaners', 'Pan Cleaner, Steel Polish', 6, 11, '300 ml', [35, 60]),
      small('Cookbooks', 'Cookbook, Recipe Journal', 16, 34),
    ],
  },
  {
    name: 'Baking',
    code: 'BK',
    season: null,
    categories: [
      durable('Stand mixers', 'Stand Mixer, Kneading Machine', 180, 480, {
        forms: 'colours',
        goesWith: ['Mixer bowls', 'Baking mats', 'Bread flour'],
        leadsTo: ['Bread baskets'],
      }),
      durable('Cake tins', 'Springform Tin, Loaf Tin, Bundt Tin', 14, 42, {
        goesWith: ['Baking paper', 'Baking mats'],
        leadsTo: ['Cake stands'],
      }),
      small('Mixer bowls', 'Mixing Bowl, Glass Mixer Bowl', 22, 55),
      small('Baking mats', 'Baking Mat, Pastry Mat', 12, 26),
      small('Bread baskets', 'Proofing Basket, Bread Basket', 14, 30),
      small('Cake stands', 'Cake Stand, Cake Dome', 24, 60),
      consumable('Bread flour', 'Bread Flour, Rye Flour, Spelt Flour', 4, 9, '1 kg', [16, 32]),
      consumable('Baking paper', 'Baking Paper, Parchment Sheets', 3, 7, '50 sheets', [30, 55]),
    ],
  },
  {
    name: 'Tableware',
    code: 'TW',
    season: null,
    categories: [
      durable('Dinner sets', 'Dinner Service, Stoneware Service', 70, 190, {
        goesWith: ['Table runners', 'Napkin rings', 'Salad servers'],
        leadsTo: ['Serving bowls'],
      }),
      small('Mugs', 'Stoneware Mug, Porcelain Mug', 9, 20, { forms: 'set' }),
      small('Drinking glasses', 'Tumbler, Wine Glass, Highball Glass', 8, 22, { goesWith: ['Coasters'] }),
      small('Table runners', 'Table Runner, Linen Tablecloth', 18, 48, { forms: 'colours' }),
      small('Napkin rings', 'Napkin Ring Quartet, Napkin Holder', 8, 20),
      small('Salad servers', 'Salad Servers, Serving Spoons', 12, 30),
      small('Serving bowls', 'Serving Bowl, Fruit Bowl', 20, 55),
      small('Coasters', 'Coaster Quartet, Cork Coasters', 7, 18),
    ],
  },
  {
    name: 'Home scents',
    code: 'HS',
    season: null,
    categories: [
      durable('Aroma diffusers', 'Aroma Diffuser, Stone Diffuser', 35, 95, {
        goesWith: ['Essential oils', 'Diffuser trays'],
      }),
      durable('Candle holders', 'Candle Holder, Lantern, Candlestick', 16, 48, {
        goesWith: ['Pillar candles', 'Wick trimmers'],
      }),
      small('Scented candles', 'Scented Candle, Soy Candle', 14, 32, { goesWith: ['Wick trimmers'] }),
      consumable('Essential oils', 'Cedar Oil, Bergamot Oil, Eucalyptus Oil', 8, 15, '10 ml', [25, 45]),
      consumable('Pillar candles', 'Pillar Candle, Dinner Candle', 5, 10, '4 pcs', [22, 45]),
      small('Wick trimmers', 'Wick Trimmer, Candle Snuffer', 9, 18),
      small('Diffuser trays', 'Diffuser Tray, Scent Stone', 8, 20),
    ],
  },
  {
    name: 'Bath',
    code: 'BA',
    season: null,
    categories: [
      durable('Bath towels', 'Bath Towel, Waffle Towel', 22, 55, {
        forms: 'colours',
        goesWith: ['Bath mats', 'Wash cloths'],
        leadsTo: ['Bathrobes'],
      }),
      durable('Bathrobes', 'Bathrobe, Waffle Robe', 45, 110, { forms: 'sizes', goesWith: ['Slippers'] }),
      small('Bath mats', 'Bath Mat, Wooden Bath Step', 18, 42),
      small('Wash cloths', 'Wash Cloth, Exfoliating Mitt', 5, 12),
      small('Slippers', 'Felt Slippers, Spa Slippers', 16, 36, { forms: 'sizes' }),
      consumable('Hand soaps', 'Hand Soap, Liquid Soap', 5, 11, '300 ml', [20, 38]),
      small('Soap dispensers', 'Soap Dispenser, Soap Dish', 11, 26, { goesWith: ['Hand soaps'] }),
    ],
  },
  {
    name: 'Skin care',
    code: 'SK',
    season: null,
    categories: [
      durable('Cleansing brushes', 'Facial Brush, Cleansing Device', 45, 120, {
        goesWith: ['Face cleansers', 'Brush heads'],
        leadsTo: ['Day creams'],
      }),
      consumable('Face cleansers', 'Cleansing Gel, Cleansing Milk', 11, 22, '150 ml', [35, 60], {
        goesWith: ['Cotton pads'],
        leadsTo: ['Serums'],
      }),
      consumable('Day creams', 'Day Cream, Moisturiser', 16, 36, '50 ml', [40, 70], {
        goesWith: ['Headbands'],
        leadsTo: ['Serums'],
      }),
      consumable('Serums', 'Vitamin Serum, Hyaluron Serum', 18, 42, '30 ml', [40, 65]),
      consumable('Cotton pads', 'Cotton Pads, Bamboo Pads', 3, 7, '80 pcs', [20, 35]),
      consumable('Brush heads', 'Brush Head, Replacement Brush Head', 9, 18, '2 pcs', [60, 90]),
      small('Headbands', 'Cosmetic Headband, Make Up Bag', 7, 20),
    ],
  },
  {
    name: 'Pets',
    code: 'PE',
    season: null,
    categories: [
      durable('Dog beds', 'Dog Bed, Pet Cushion', 40, 120, {
        forms: 'sizes',
        goesWith: ['Pet blankets', 'Dog toys'],
      }),
      durable('Litter boxes', 'Litter Box, Hooded Litter Tray', 30, 85, {
        goesWith: ['Cat litter', 'Litter mats'],
        leadsTo: ['Scratching posts'],
      }),
      durable('Scratching posts', 'Scratching Post, Cat Tree', 35, 130),
      consumable('Dry dog food', 'Dry Dog Food, Grain Free Dog Food', 12, 24, '2 kg', [14, 28], {
        goesWith: ['Dog treats'],
      }),
      consumable('Cat litter', 'Cat Litter, Clumping Litter', 9, 16, '5 kg', [14, 26]),
      consumable('Dog treats', 'Dog Treats, Dental Sticks', 4, 9, '200 g', [12, 24]),
      small('Dog toys', 'Rope Toy, Chew Ball', 6, 18),
      small('Pet blankets', 'Pet Blanket, Fleece Throw', 12, 28),
      small('Litter mats', 'Litter Mat, Litter Scoop', 8, 20),
    ],
  },
  {
    name: 'Photography',
    code: 'PH',
    season: null,
    categories: [
      durable('Cameras', 'Mirrorless Camera, Compact Camera', 420, 1200, {
        forms: 'colours',
        goesWith: ['Memory cards', 'Camera bags', 'Lens cloths'],
        leadsTo: ['Tripods', 'Lenses'],
      }),
      durable('Instant cameras', 'Instant Camera, Pocket Camera', 80, 170, {
        forms: 'colours',
        goesWith: ['Instant film', 'Camera straps'],
        leadsTo: ['Photo albums'],
      }),
      durable('Lenses', 'Portrait Lens, Wide Angle Lens', 180, 560, {
        goesWith: ['Lens filters', 'Lens cloths'],
      }),
      durable('Tripods', 'Travel Tripod, Carbon Tripod', 60, 190),
      small('Memory cards', 'Memory Card, Speed Card', 18, 60),
      small('Camera bags', 'Camera Bag, Camera Backpack', 35, 110),
      small('Camera straps', 'Camera Strap, Wrist Strap', 14, 38),
      small('Lens cloths', 'Lens Cloth, Lens Pen', 6, 15),
      small('Lens filters', 'Polarising Filter, Neutral Density Filter', 22, 65),
      consumable('Instant film', 'Instant Film, Film Pack', 12, 20, '20 pcs', [25, 50]),
      small('Photo albums', 'Photo Album, Scrapbook', 15, 38),
    ],
  },
  {
    name: 'Desk',
    code: 'DK',
    season: null,
    categories: [
      durable('Fountain pens', 'Fountain Pen, Calligraphy Pen', 28, 110, {
        forms: 'colours',
        goesWith: ['Ink cartridges', 'Notebooks', 'Pen cases'],
        leadsTo: ['Ink bottles'],
      }),
      durable('Desk lamps', 'Desk Lamp, Reading Lamp', 45, 130, { goesWith: ['Light bulbs'] }),
      small('Notebooks', 'Notebook, Dotted Journal', 9, 22, { forms: 'colours' }),
      consumable('Ink cartridges', 'Ink Cartridges, Ink Refills', 4, 9, '6 pcs', [25, 50]),
      small('Ink bottles', 'Ink Bottle, Calligraphy Ink', 11, 24),
      small('Pen cases', 'Pen Case, Pencil Roll', 12, 28),
      small('Light bulbs', 'Filament Bulb, Daylight Bulb', 6, 16),
    ],
  },
  {
    name: 'Cycling',
    code: 'CY',
    season: null,
    categories: [
      durable('Cycling helmets', 'Cycling Helmet, Commuter Helmet', 50, 150, {
        forms: 'sizes',
        goesWith: ['Bike lights', 'Cycling gloves'],
      }),
      durable('Bike panniers', 'Bike Pannier, Handlebar Bag', 45, 130, {
        goesWith: ['Rain covers', 'Luggage straps'],
        leadsTo: ['Bike locks'],
      }),
      small('Bike lights', 'Bike Light, Rear Light', 16, 48),
      small('Bike locks', 'Folding Lock, Chain Lock', 28, 80),
      small('Cycling gloves', 'Cycling Gloves, Gel Gloves', 16, 38, { forms: 'sizes' }),
      small('Rain covers', 'Rain Cover, Saddle Cover', 8, 22),
      small('Luggage straps', 'Luggage Strap, Cargo Net', 7, 16),
      consumable('Chain oils', 'Chain Oil, Chain Wax', 7, 14, '100 ml', [40, 70]),
    ],
  },
  {
    name: 'Knitting',
    code: 'KN',
    season: null,
    categories: [
      durable('Knitting needle sets', 'Knitting Needle Case, Interchangeable Needles', 28, 90, {
        goesWith: ['Merino yarn', 'Stitch markers', 'Pattern books'],
        leadsTo: ['Yarn winders'],
      }),
      durable('Yarn winders', 'Yarn Winder, Yarn Swift', 35, 85),
      small('Merino yarn', 'Merino Yarn, Alpaca Yarn, Cotton Yarn', 6, 14, { forms: 'set' }),
      small('Stitch markers', 'Stitch Markers, Row Counter', 4, 10),
      small('Pattern books', 'Pattern Book, Knitting Guide', 14, 28),
    ],
  },
  {
    name: 'Fitness',
    code: 'FI',
    season: null,
    categories: [
      durable('Yoga mats', 'Yoga Mat, Travel Mat', 35, 90, {
        forms: 'colours',
        goesWith: ['Mat straps', 'Yoga blocks', 'Mat cleaners'],
        leadsTo: ['Foam rollers'],
      }),
      durable('Dumbbells', 'Dumbbell Pair, Kettlebell', 30, 95, {
        goesWith: ['Training gloves'],
        leadsTo: ['Protein powders'],
      }),
      small('Yoga blocks', 'Yoga Block, Yoga Strap', 10, 22),
      small('Mat straps', 'Mat Strap, Mat Bag', 9, 24),
      small('Foam rollers', 'Foam Roller, Massage Ball', 14, 38),
      small('Training gloves', 'Training Gloves, Lifting Straps', 14, 30, { forms: 'sizes' }),
      consumable('Protein powders', 'Whey Protein, Plant Protein', 19, 34, '750 g', [22, 38], {
        goesWith: ['Shaker bottles'],
      }),
      small('Shaker bottles', 'Shaker Bottle, Water Bottle', 9, 24),
      consumable('Mat cleaners', 'Mat Cleaner, Mat Spray', 7, 13, '250 ml', [35, 65]),
    ],
  },
  {
    name: 'Garden',
    code: 'GA',
    season: 'summer',
    categories: [
      durable('Barbecues', 'Coal Barbecue, Kettle Barbecue', 120, 380, {
        goesWith: ['Barbecue coal', 'Grill brushes', 'Barbecue tongs'],
        leadsTo: ['Barbecue covers'],
      }),
      small('Grill brushes', 'Grill Brush, Grate Scraper', 9, 22),
      small('Barbecue tongs', 'Barbecue Tongs, Grill Skewers', 11, 28),
      small('Barbecue covers', 'Barbecue Cover, Grill Hood', 18, 45),
      small('Barbecue coal', 'Barbecue Coal, Briquettes', 9, 19),
      small('Planters', 'Planter, Terrace Pot', 14, 48, { forms: 'sizes', goesWith: ['Plant feeds'] }),
      small('Plant feeds', 'Plant Feed, Potting Soil', 6, 15),
    ],
  },
  {
    name: 'Christmas',
    code: 'XM',
    season: 'christmas',
    categories: [
      durable('Nativity scenes', 'Nativity Scene, Christmas Village', 40, 110, {
        goesWith: ['Fairy lights', 'Christmas figures'],
      }),
      small('Tree baubles', 'Tree Bauble, Glass Bauble', 6, 16, { forms: 'set' }),
      small('Fairy lights', 'Fairy Lights, Star Lights', 12, 34),
      small('Christmas figures', 'Nutcracker, Wooden Angel, Shepherd Figure', 9, 26),
      small('Advent calendars', 'Advent Calendar, Advent Wreath', 14, 45, { goesWith: ['Advent candles'] }),
      small('Advent candles', 'Advent Candle, Taper Candle', 5, 14),
      small('Gift wrap', 'Wrapping Paper, Gift Ribbon, Gift Tags', 3, 10, { goesWith: ['Gift bags'] }),
      small('Gift bags', 'Gift Bag, Gift Box', 4, 11),
    ],
  },
]
