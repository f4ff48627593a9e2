// Line drawings by kind of product, on a field of 100 by 100, drawn with strokes; class "f" is filled with the accent.
// The first rule whose words stand in the title or category decides; the order puts the telling word first
// ("teacup candle" is a candle). Whatever fits nothing is a parcel: never a wrong picture.

export type Motif = string

const cup =
  '<path class="f" d="M27 44h38v6a19 16 0 0 1-38 0z"/><path d="M27 40h38v10a19 17 0 0 1-38 0zM65 44h5a7 7 0 0 1 0 14h-7M20 72h52M40 22c-3 4 3 6 0 11M52 22c-3 4 3 6 0 11"/>'
const mug =
  '<path class="f" d="M28 46h36v25a5 5 0 0 1-5 5H33a5 5 0 0 1-5-5z"/><path d="M28 32h36v39a5 5 0 0 1-5 5H33a5 5 0 0 1-5-5zM64 41h6a7 7 0 0 1 7 7v6a7 7 0 0 1-7 7h-6"/>'
const cakestand =
  '<path class="f" d="M38 30a12 10 0 0 1 24 0z"/><path d="M33 30h34M26 50h48M20 72h60M50 18v54M42 82h16M50 72v10M38 30a12 10 0 0 1 24 0"/><circle cx="50" cy="16" r="2.5"/>'
const teapot =
  '<path class="f" d="M31 50h36v10a14 14 0 0 1-14 14h-8a14 14 0 0 1-14-14z"/><path d="M31 44h36v16a14 14 0 0 1-14 14h-8a14 14 0 0 1-14-14zM31 54L18 40M67 48h5a8 8 0 0 1 0 16h-6M36 44a13 10 0 0 1 26 0M49 34v-6M36 78h26"/>'
const bag =
  '<path class="f" d="M26 56h48l4 24H22z"/><path d="M28 40h44l6 40H22zM38 46V34a12 12 0 0 1 24 0v12"/>'
const lunchBag =
  '<path class="f" d="M28 52h44v28H28z"/><path d="M28 36h44v44H28zM28 52h44M40 36v-6a4 4 0 0 1 4-4h12a4 4 0 0 1 4 4v6M46 52v7h8v-7"/>'
const lunchBox =
  '<path class="f" d="M22 52h56v20a5 5 0 0 1-5 5H27a5 5 0 0 1-5-5z"/><rect x="22" y="38" width="56" height="39" rx="5"/><path d="M22 52h56M40 38v-5a5 5 0 0 1 5-5h10a5 5 0 0 1 5 5v5M46 48h8v8h-8z"/>'
const bottle =
  '<path class="f" d="M30 52h40v22a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8z"/><path d="M42 20h16v8l-3 6h2a13 13 0 0 1 13 13v27a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8V47a13 13 0 0 1 13-13h2l-3-6zM40 54h20M40 64h20"/>'
const drink =
  '<path class="f" d="M40 48h20v30a4 4 0 0 1-4 4H44a4 4 0 0 1-4-4z"/><path d="M45 18h10v12l5 10v38a4 4 0 0 1-4 4H44a4 4 0 0 1-4-4V40l5-10zM45 24h10M40 56h20M40 68h20"/>'
const candle =
  '<path class="f" d="M50 18c7 8 8 12 8 16a8 8 0 0 1-16 0c0-4 1-8 8-16z"/><path d="M50 18c7 8 8 12 8 16a8 8 0 0 1-16 0c0-4 1-8 8-16zM50 42v8M38 50h24v26H38zM28 80h44M38 76v4M62 76v4"/>'
const lantern =
  '<path class="f" d="M50 46c4 5 5 7 5 10a5 5 0 0 1-10 0c0-3 1-5 5-10z"/><path d="M34 38h32l-4 40H38zM30 38l20-14 20 14M50 24v-4a4 4 0 0 1 0-8M32 82h36M50 46c4 5 5 7 5 10a5 5 0 0 1-10 0c0-3 1-5 5-10z"/>'
const clock =
  '<circle class="f" cx="50" cy="54" r="22"/><circle cx="50" cy="54" r="28"/><path d="M50 38v16l11 8M32 24l-9 8M68 24l9 8M34 78l-5 6M66 78l5 6"/>'
const frame =
  '<path class="f" d="M34 66l11-14 9 10 5-6 8 10z"/><rect x="22" y="24" width="56" height="56" rx="3"/><rect x="32" y="34" width="36" height="36"/><path d="M34 66l11-14 9 10 5-6 8 10"/><circle cx="58" cy="44" r="3"/>'
const sign =
  '<rect class="f" x="24" y="44" width="52" height="28" rx="3"/><rect x="20" y="40" width="60" height="36" rx="4"/><path d="M34 40l16-20 16 20M34 54h32M40 63h20"/><circle cx="50" cy="19" r="2.5"/>'
const heart =
  '<path class="f" d="M50 78C30 64 24 55 24 45a13 13 0 0 1 26-3 13 13 0 0 1 26 3c0 10-6 19-26 33z"/><path d="M50 78C30 64 24 55 24 45a13 13 0 0 1 26-3 13 13 0 0 1 26 3c0 10-6 19-26 33zM50 40V18M44 18h12"/>'
const card =
  '<path class="f" d="M24 38l26 21 26-21v36H24z"/><rect x="24" y="34" width="52" height="40" rx="3"/><path d="M24 37l26 22 26-22"/>'
const wrap =
  '<path class="f" d="M28 50h44v30H28z"/><path d="M24 38h52v12H24zM28 50h44v30H28zM50 38v42M50 38c-6-16-22-14-18-4 2 4 10 4 18 4zM50 38c6-16 22-14 18-4-2 4-10 4-18 4z"/>'
const tin =
  '<path class="f" d="M26 44h48v34a4 4 0 0 1-4 4H30a4 4 0 0 1-4-4z"/><rect x="22" y="32" width="56" height="12" rx="3"/><path d="M26 44v34a4 4 0 0 0 4 4h40a4 4 0 0 0 4-4V44M44 32v-6h12v6M40 58h20v12H40z"/>'
const star =
  '<path class="f" d="M50 24l8 18 20 2-15 13 5 20-18-11-18 11 5-20-15-13 20-2z"/><path d="M50 24l8 18 20 2-15 13 5 20-18-11-18 11 5-20-15-13 20-2zM50 24V14"/>'
const bunting =
  '<path class="f" d="M17 33l15 26 6-20zM62 39l6 20 15-26z"/><path d="M12 30c20 12 56 12 76 0M17 33l15 26 6-20M40 40l10 28 10-28M62 39l6 20 15-26"/>'
const cushion =
  '<path class="f" d="M34 38c10 4 22 4 32 0-3 9-3 19 0 28-10-4-22-4-32 0 3-9 3-19 0-28z"/><path d="M26 28c15 7 33 7 48 0-6 15-6 33 0 48-15-7-33-7-48 0 6-15 6-33 0-48z"/>'
const umbrella =
  '<path class="f" d="M20 50a30 28 0 0 1 60 0c-5-5-15-5-20 0-5-5-15-5-20 0-5-5-15-5-20 0z"/><path d="M20 50a30 28 0 0 1 60 0c-5-5-15-5-20 0-5-5-15-5-20 0-5-5-15-5-20 0zM50 22v-6M50 47v28a7 7 0 0 0 14 0"/>'
const jewel =
  '<path class="f" d="M38 58l12-12 12 12-12 18z"/><path d="M26 18c2 22 14 26 24 28 10-2 22-6 24-28M38 58l12-12 12 12-12 18zM38 58h24"/>'
const book =
  '<path class="f" d="M34 22h36v46H34z"/><path d="M34 22h36v58H34a6 6 0 0 1-6-6V28a6 6 0 0 1 6-6zM28 74a6 6 0 0 1 6-6h36M42 36h20M42 46h14"/>'
const pencil =
  '<path class="f" d="M36 34h28v34H36z"/><path d="M36 30h28v38L50 84 36 68zM36 30v-6a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v6M45 30v38M55 30v38M45 77h10"/>'
const flower =
  '<circle class="f" cx="50" cy="38" r="7"/><circle cx="50" cy="38" r="7"/><path d="M44 34c-8-14 20-14 12 0 14-8 14 20 0 10 6 14-22 14-12 0-14 10-14-18 0-10zM50 50v34M50 72c-12 0-16-6-16-12 10 0 16 4 16 12zM50 76c8 0 14-4 14-10-8 0-14 3-14 10z"/>'
const bowl =
  '<path class="f" d="M22 50h56a28 26 0 0 1-56 0z"/><path d="M18 48h64a32 30 0 0 1-64 0zM38 82h24M36 36c4-6 10-2 14-6M56 38c3-5 8-3 10-6"/>'
const cutlery =
  '<path class="f" d="M62 20c8 4 10 18 6 28h-6z"/><path d="M36 20v18a6 6 0 0 0 12 0V20M42 20v62M62 82V20c8 4 10 18 6 28h-6"/>'
const house =
  '<path class="f" d="M44 58h14v22H44z"/><path d="M26 46v34h48V46M18 52l32-28 32 28M44 80V58h14v22"/>'
const knob =
  '<circle class="f" cx="50" cy="46" r="14"/><circle cx="50" cy="46" r="22"/><circle cx="50" cy="46" r="14"/><path d="M44 67v13h12V67M36 80h28"/>'
const lights =
  '<circle class="f" cx="26" cy="50" r="6"/><circle class="f" cx="50" cy="60" r="6"/><circle class="f" cx="74" cy="50" r="6"/><path d="M12 28c20 18 56 18 76 0M26 37v7M50 42v12M74 37v7"/><circle cx="26" cy="50" r="6"/><circle cx="50" cy="60" r="6"/><circle cx="74" cy="50" r="6"/>'
const apron =
  '<path class="f" d="M36 52h28v14H36z"/><path d="M38 22h24v18l10 8v34H28V48l10-8zM38 22c0-8 24-8 24 0M36 52h28v14H36zM28 50l-10 4M72 50l10 4"/>'
const bird =
  '<path class="f" d="M40 54c10-6 22-4 28 6-10 8-22 6-28-6z"/><path d="M24 44a14 14 0 0 1 27-5c18 0 27 12 31 26-8 4-12 5-18 5-20 4-38-4-40-26zM24 44l-10 4 11 4M40 54c10-6 22-4 28 6M46 72v10M56 72v10"/><circle cx="34" cy="41" r="1.6"/>'
const toy =
  '<circle class="f" cx="50" cy="62" r="18"/><circle cx="50" cy="62" r="20"/><circle cx="50" cy="34" r="14"/><circle cx="38" cy="23" r="5"/><circle cx="62" cy="23" r="5"/><circle cx="45" cy="32" r="1.4"/><circle cx="55" cy="32" r="1.4"/><path d="M47 39c2 2 4 2 6 0M31 56l-8 6M69 56l8 6"/>'
const game =
  '<rect class="f" x="26" y="46" width="28" height="28" rx="5"/><rect x="22" y="42" width="36" height="36" rx="6"/><path d="M50 42l-6-8 22-16 20 28-22 15"/><circle cx="32" cy="52" r="2.4"/><circle cx="48" cy="68" r="2.4"/><circle cx="40" cy="60" r="2.4"/><circle cx="66" cy="34" r="2.4"/>'
const cake =
  '<path class="f" d="M28 48h44l-6 32H34z"/><path d="M28 48h44l-6 32H34zM26 48c-6-10 4-18 10-14 2-12 26-12 28 0 6-4 16 4 10 14M43 48l2 32M57 48l-2 32"/><circle cx="50" cy="20" r="3.5"/>'
const basket =
  '<path class="f" d="M26 52h48l-6 28H32z"/><path d="M22 50h56M26 52l6 28h36l6-28M32 50a18 26 0 0 1 36 0M40 58l2 16M50 58v16M60 58l-2 16"/>'
const drawers =
  '<path class="f" d="M28 54h44v20H28z"/><path d="M24 24h52v50H24zM24 49h52M28 74v8M72 74v8M46 37h8M46 62h8"/>'
const mirror =
  '<ellipse class="f" cx="50" cy="42" rx="15" ry="19"/><ellipse cx="50" cy="42" rx="22" ry="26"/><path d="M50 68v14M38 82h24M43 34l8-8M44 46l14-14"/>'
const phone =
  '<rect class="f" x="36" y="30" width="28" height="34"/><rect x="32" y="18" width="36" height="64" rx="6"/><path d="M32 28h36M32 68h36M47 75h6"/>'
const key =
  '<circle class="f" cx="38" cy="38" r="8"/><circle cx="38" cy="38" r="15"/><path d="M49 49l28 28M66 66l7-7M73 73l6-6"/>'
const magnet =
  '<path class="f" d="M26 26h14v14H26zM60 26h14v14H60z"/><path d="M26 26h14v28a10 10 0 0 0 20 0V26h14v28a24 24 0 0 1-48 0zM26 40h14M60 40h14"/>'
const soap =
  '<rect class="f" x="24" y="48" width="52" height="28" rx="12"/><rect x="24" y="48" width="52" height="28" rx="12"/><path d="M36 60h28"/><circle cx="38" cy="34" r="6"/><circle cx="54" cy="26" r="4"/><circle cx="62" cy="37" r="3"/>'
export const parcel: Motif =
  '<path class="f" d="M50 52l28-14v30L50 84z"/><path d="M22 38l28-16 28 16v30L50 84 22 68zM22 38l28 14 28-14M50 52v32M36 30l28 15"/>'

const rules: readonly (readonly [RegExp, Motif])[] = [
  [/cake ?stand|cakestand/, cakestand],
  [/t-?light|candle|incense|tealight/, candle],
  [/lantern/, lantern],
  [/tea ?pot|tea for one|coffee pot/, teapot],
  [/cake cases|cupcake|muffin|cake tins?\b|bakeware|\bbaking|cake\b/, cake],
  [/tea ?cup|saucer|tea set/, cup],
  [/\bmug|beaker|tumbler|egg ?cup/, mug],
  [/hot water bottle|hottie/, bottle],
  [/bottle|flask|water\b|(?:glass|glasses)$|jug|decanter/, drink],
  [/lunch ?bag/, lunchBag],
  [/lunch ?box|snack box|bento/, lunchBox],
  [/\bbag|shopper|purse|jumbo|tote|wallet|washbag|backpack|suki/, bag],
  [/clock|timer|watch/, clock],
  [/frame|picture|photo|canvas|\bart\b|print\b/, frame],
  [/sign\b|blackboard|chalk|plaque|slate|door ?mat|doormat/, sign],
  [/bird|parrot|owl|hen\b|duck|chick|swallow|pigeon|feather/, bird],
  [/heart|love/, heart],
  [/bunting|garland|paper chain|banner|party/, bunting],
  [/lights?\b|lamp|bulb|chandelier/, lights],
  [/star|christmas|xmas|advent|santa|bauble|snow|reindeer|tree\b/, star],
  [/card|envelope|letter|postage|invite/, card],
  [/wrap|ribbon|gift|bow\b|tissue|tape\b/, wrap],
  [/umbrella|parasol/, umbrella],
  [/necklace|bracelet|earring|ring\b|brooch|jewel|bead|charm|crystal|hair/, jewel],
  [/notebook|journal|diary|album|book|scrapbook|memo|address/, book],
  [/pencil|pen\b|crayon|stationery|ruler|eraser|sticker|stamp/, pencil],
  [/tin\b|tins\b|jar|canister|storage|box\b|trinket|cannister|money ?bank|case\b/, tin],
  [/cushion|pillow|throw|blanket|quilt/, cushion],
  [/apron|tea ?towel|oven|glove|mitt|cloth|napkin|bib|hook|hanger|towel|poncho|sock|slipper/, apron],
  [/plate|bowl|dish|tray|pan\b|coaster|placemat|colander|ramekin|dinner/, bowl],
  [/cutlery|spoon|fork|knife|spatula|whisk|rolling pin|chopsticks|scoop/, cutlery],
  [/flower|floral|rose|garden|plant|herb|watering|daisy|lily|tulip|pot\b|vase|seed|wreath/, flower],
  [/knob|drawer pull|hook/, knob],
  [/drawer|cabinet|shelf|chest|cupboard|table|chair|stool/, drawers],
  [/mirror/, mirror],
  [/basket|hamper|crate|trug/, basket],
  [/doll|toy|teddy|bear|rabbit|bunny|soldier|spaceboy|dolly|puppet|animal|cat\b|dog\b|elephant/, toy],
  [/game|jigsaw|puzzle|dominoes|playing|dice|skittles|ludo|yo-?yo|jacks|rope|marbles|ball\b|craft/, game],
  [/magnet/, magnet],
  [/key\b|keyring|key-?ring|lock\b/, key],
  [/phone|radio|music|calculator|camera|torch/, phone],
  [/soap|bath|shower|cosmetic|mascara|sponge|toilet/, soap],
  [/house|home|cottage|wicker|thermometer|letterbox|birdhouse/, house],
]

export function chooseMotif(title: string, category: string | null): Motif {
  const find = (text: string): Motif | undefined => rules.find(([words]) => words.test(text))?.[1]
  return find(title.toLowerCase()) ?? find((category ?? '').toLowerCase()) ?? parcel
}
