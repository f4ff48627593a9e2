// The words that titles are made of. Names of lines and series hold no colour and no size: those tell the forms of one
// product apart.

export const servicePlans = 'Service plans'

export const lines =
  `Aldera Nordvik Halden Brisa Corvin Dunmore Elmhurst Fjordal Galloway Havel Ilmari Jorvik Kestrel
  Lindqvist Marlowe Norrland Orsetto Pemberton Quillon Ravenna Solano Tavira Valmont Westbrook Yarrow Zephyr Ashford
  Bellamy Calder Darrow Everly Farrow Grantham Hollis Inverness Kilbride Larkin Mistral Novara Osterby Penrose Rowan
  Sorrel Thornton Verona Wexford Arden Brixham Camber Delphi Eskdale Gosford Harlow Islay Jarrow Kendal Loxley Merrow
  Newlyn Ostara Padstow Ripley Selkirk Tiree Ulverston Vesper Whitby Amberley Bodmin Cullen Dorset`.split(
    /\s+/,
  )

/** A maker has every twelfth line; titles name the line alone. */
export const makers =
  `Averill Brandt Castellan Dahlgren Estrada Fenwick Garrick Hartmann Iversen Jansson Kowal
  Lombardi`.split(/\s+/)

export const series =
  `Classic Essential Studio Heritage Signature Everyday Artisan Urban Coastal Alpine Meridian Select
  Harvest Origin Atelier Voyager Pioneer Horizon Cascade Lumen Folk Nomad Haven Ember Drift Solace Terra Boreal Crest
  Willow`.split(/\s+/)

export const premiumWords = ['Pro', 'Deluxe', 'Premium', 'Master']

export const colours =
  'Black, White, Navy, Sage, Terracotta, Grey, Blue, Green, Mustard, Ivory, Burgundy, Teal, Pink, Charcoal'.split(
    ', ',
  )

export const sizes = ['Small', 'Medium', 'Large', 'Extra Large']
