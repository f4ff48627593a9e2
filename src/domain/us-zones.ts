// Where in North America a number or a post code may be: tables only. States and provinces with all time zones that any
// part of them keeps; area codes (North American Numbering Plan, assignments up to 2025) and ZIP prefixes (USPS Publication
// 65) by state. A state that is split gives all of its zones: the hours shrink, and nobody is woken.

/** Zones by their first letters below; of zones that agree today one stands for all. */
const zones = {
  E: 'America/New_York',
  C: 'America/Chicago',
  M: 'America/Denver',
  P: 'America/Los_Angeles',
  A: 'America/Anchorage',
  D: 'America/Adak',
  H: 'Pacific/Honolulu',
  X: 'America/Phoenix',
  Y: 'America/Puerto_Rico',
  G: 'Pacific/Guam',
  W: 'Pacific/Palau',
  S: 'Pacific/Pago_Pago',
  N: 'America/St_Johns',
  L: 'America/Halifax',
  O: 'America/Panama',
  R: 'America/Regina',
  T: 'America/Toronto',
  I: 'America/Winnipeg',
  F: 'America/Edmonton',
  V: 'America/Vancouver',
  K: 'America/Whitehorse',
} as const
type ZoneLetter = keyof typeof zones

const usStates =
  'AL:C AK:AD AZ:XM AR:C CA:P CO:M CT:E DE:E DC:E FL:EC GA:E HI:H ID:MP IL:C IN:EC IA:C KS:CM KY:EC LA:C ME:E MD:E ' +
  'MA:E MI:EC MN:C MS:C MO:C MT:M NE:CM NV:PM NH:E NJ:E NM:M NY:E NC:E ND:CM OH:E OK:C OR:PM PA:E RI:E SC:E SD:CM ' +
  'TN:EC TX:CM UT:M VT:E VA:E WA:P WV:E WI:C WY:M PR:Y VI:Y GU:G MP:G AS:S'

const canadianProvinces = 'AB:F BC:VFX MB:I NB:L NL:NLY NS:L NT:F NU:TIFO ON:TIO PE:L QC:TLY SK:RF YT:K'

export const areaCodes = {
  US: `
    AL 205 251 256 334 659 938; AK 907; AZ 480 520 602 623 928; AR 327 479 501 870;
    CA 209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760
       805 818 820 831 837 840 858 909 916 925 949 951;
    CO 303 719 720 748 970 983; CT 203 475 860 959; DE 302; DC 202 771;
    FL 239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954;
    GA 229 404 470 478 678 706 762 770 912 943; HI 808; ID 208 986;
    IL 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872; IN 219 260 317 463 574 765 812 930;
    IA 319 515 563 641 712; KS 316 620 785 913; KY 270 364 502 606 859; LA 225 318 337 457 504 985; ME 207;
    MD 227 240 301 410 443 667; MA 339 351 413 508 617 774 781 857 978;
    MI 231 248 269 313 517 586 616 679 734 810 906 947 989; MN 218 320 507 612 651 763 924 952; MS 228 471 601 662 769;
    MO 235 314 417 557 573 636 660 816 975; MT 406; NE 308 402 531; NV 702 725 775; NH 603;
    NJ 201 551 609 640 732 848 856 862 908 973; NM 505 575;
    NY 212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934;
    NC 252 336 472 704 743 828 910 919 980 984; ND 701; OH 216 220 234 283 326 330 380 419 436 440 513 567 614 740 937;
    OK 405 539 572 580 918; OR 458 503 541 971; PA 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878;
    RI 401; SC 803 821 839 843 854 864; SD 605; TN 423 615 629 731 865 901 931;
    TX 210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979;
    UT 385 435 801; VT 802; VA 276 434 540 571 686 703 757 804 826 948; WA 206 253 360 425 509 564; WV 304 681;
    WI 262 274 353 414 534 608 715 920; WY 307; PR 787 939; VI 340; GU 671; MP 670; AS 684`,
  CA: `
    AB 368 403 587 780 825; BC 236 250 257 604 672 778; MB 204 431 584; NB 428 506; NL 709 879; NS 782 902; PE 782 902;
    ON 226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942;
    QC 263 354 367 418 438 450 468 514 579 581 819 873; SK 306 474 639; NT 867; NU 867; YT 867`,
} as const

/** First and last prefix of three digits, and the states that it may lie in. Those of the armed forces are of no state. */
export const zipPrefixes = `
  005-005 NY; 006-007 PR; 008-008 VI; 009-009 PR; 010-027 MA; 028-029 RI; 030-038 NH; 039-049 ME; 050-054 VT; 055-055 MA;
  056-059 VT; 060-069 CT; 070-089 NJ; 100-149 NY; 150-196 PA; 197-199 DE; 200-200 DC; 201-201 VA; 202-205 DC; 206-219 MD;
  220-246 VA; 247-268 WV; 270-289 NC; 290-299 SC; 300-319 GA; 320-339 FL; 341-349 FL; 350-369 AL; 370-385 TN; 386-397 MS;
  398-399 GA; 400-427 KY; 430-459 OH; 460-479 IN; 480-499 MI; 500-528 IA; 530-549 WI; 550-567 MN; 569-569 DC; 570-577 SD;
  580-588 ND; 590-599 MT; 600-629 IL; 630-658 MO; 660-679 KS; 680-693 NE; 700-714 LA; 716-729 AR; 730-732 OK; 733-733 TX;
  734-749 OK; 750-799 TX; 800-816 CO; 820-831 WY; 832-838 ID; 840-847 UT; 850-865 AZ; 870-884 NM; 885-885 TX; 889-898 NV;
  900-961 CA; 967-967 HI AS; 968-968 HI; 969-969 GU MP; 970-979 OR; 980-994 WA; 995-999 AK`

export const zonesOfRegion: { readonly US: ZonesBy; readonly CA: ZonesBy } = {
  US: readRegions(usStates),
  CA: readRegions(canadianProvinces),
}
type ZonesBy = ReadonlyMap<string, readonly string[]>

function readRegions(text: string): ZonesBy {
  return new Map(
    text.split(' ').map((one) => {
      const [region = '', letters = ''] = one.split(':')
      return [region, [...letters].flatMap((letter) => (isZone(letter) ? [zones[letter]] : []))]
    }),
  )
}

function isZone(letter: string): letter is ZoneLetter {
  return letter in zones
}
