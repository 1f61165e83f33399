/**
 * The North American Numbering Plan: where an area code lies and which clocks people there live by. Written from the
 * plan's public facts (NANPA, CNAC; zones by 49 CFR Part 71 and the provinces' own acts) as of November 2026.
 */
export type Area = {
  /** ISO 3166-2, or the country itself where it has one region. Usually one; a few codes serve several. */
  regions: readonly string[];
  /** IANA. Several where the code lies on both sides of a line between clocks. */
  zones: readonly string[];
};

/** Undefined = no place: toll-free, personal, premium, or not assigned. */
export function findArea(areaCode: string): Area | undefined {
  return areas.get(areaCode);
}

/** The zones of a region of the plan (`US-TX`, `CA-BC`, `JM`): all its codes together. Empty = not of the plan. */
export function zonesOfRegion(region: string): string[] {
  const there = [...areas.values()].filter(({ regions }) => regions.includes(region));
  return [...new Set(there.flatMap(({ zones }) => zones))];
}

const eastern = "America/New_York";
const central = "America/Chicago";
const mountain = "America/Denver";
const pacific = "America/Los_Angeles";

/** Regions, the clock of most of their people, their codes. */
const plan: readonly (readonly [regions: string, zone: string, codes: string])[] = [
  ["US-AL", central, "205 251 256 334 659 938"],
  ["US-AK", "America/Anchorage", "907"],
  ["US-AZ", "America/Phoenix", "480 520 602 623 928"],
  ["US-AR", central, "327 479 501 870"],
  [
    "US-CA",
    pacific,
    "209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951",
  ],
  ["US-CO", mountain, "303 719 720 748 970 983"],
  ["US-CT", eastern, "203 475 860 959"],
  ["US-DE", eastern, "302"],
  ["US-DC", eastern, "202 771"],
  [
    "US-FL",
    eastern,
    "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954",
  ],
  ["US-GA", eastern, "229 404 470 478 678 706 762 770 912 943"],
  ["US-HI", "Pacific/Honolulu", "808"],
  ["US-ID", "America/Boise", "208 986"],
  ["US-IL", central, "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872"],
  ["US-IN", eastern, "219 260 317 463 574 765 812 930"],
  ["US-IA", central, "319 515 563 641 712"],
  ["US-KS", central, "316 620 785 913"],
  ["US-KY", eastern, "270 364 502 606 859"],
  ["US-LA", central, "225 318 337 457 504 985"],
  ["US-ME", eastern, "207"],
  ["US-MD", eastern, "227 240 301 410 443 667"],
  ["US-MA", eastern, "339 351 413 508 617 774 781 857 978"],
  ["US-MI", eastern, "231 248 269 313 517 586 616 679 734 810 906 947 989"],
  ["US-MN", central, "218 320 507 612 651 763 924 952"],
  ["US-MS", central, "228 471 601 662 769"],
  ["US-MO", central, "235 314 417 557 573 636 660 816 975"],
  ["US-MT", mountain, "406"],
  ["US-NE", central, "308 402 531"],
  ["US-NV", pacific, "702 725 775"],
  ["US-NH", eastern, "603"],
  ["US-NJ", eastern, "201 551 609 640 732 848 856 862 908 973"],
  ["US-NM", mountain, "505 575"],
  [
    "US-NY",
    eastern,
    "212 315 329 332 347 363 465 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934",
  ],
  ["US-NC", eastern, "252 336 472 704 743 828 910 919 980 984"],
  ["US-ND", central, "701"],
  ["US-OH", eastern, "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937"],
  ["US-OK", central, "405 539 572 580 918"],
  ["US-OR", pacific, "458 503 541 971"],
  ["US-PA", eastern, "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878"],
  ["US-RI", eastern, "401"],
  ["US-SC", eastern, "803 821 839 843 854 864"],
  ["US-SD", central, "605"],
  ["US-TN", central, "423 615 629 731 865 901 931"],
  [
    "US-TX",
    central,
    "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979",
  ],
  ["US-UT", mountain, "385 435 801"],
  ["US-VT", eastern, "802"],
  ["US-VA", eastern, "276 434 540 571 686 703 757 804 826 948"],
  ["US-WA", pacific, "206 253 360 425 509 564"],
  ["US-WV", eastern, "304 681"],
  ["US-WI", central, "262 274 353 414 534 608 715 920"],
  ["US-WY", mountain, "307"],

  ["CA-AB", "America/Edmonton", "368 403 587 780 825"],
  ["CA-BC", "America/Vancouver", "236 250 257 604 672 778"],
  ["CA-MB", "America/Winnipeg", "204 431 584"],
  ["CA-NB", "America/Moncton", "428 506"],
  ["CA-NL", "America/St_Johns", "709 879"],
  ["CA-NS CA-PE", "America/Halifax", "782 902"],
  [
    "CA-ON",
    "America/Toronto",
    "226 249 289 343 365 382 387 416 437 519 548 613 647 683 705 742 753 807 905 942",
  ],
  ["CA-QC", "America/Toronto", "263 273 354 367 418 438 450 468 514 579 581 819 873"],
  ["CA-SK", "America/Regina", "306 474 639"],
  ["CA-YT CA-NT CA-NU", "America/Edmonton", "867"],

  ["US-PR", "America/Puerto_Rico", "787 939"],
  ["US-VI", "America/St_Thomas", "340"],
  ["US-GU", "Pacific/Guam", "671"],
  ["US-MP", "Pacific/Saipan", "670"],
  ["US-AS", "Pacific/Pago_Pago", "684"],

  ["AG", "America/Antigua", "268"],
  ["AI", "America/Anguilla", "264"],
  ["BB", "America/Barbados", "246"],
  ["BM", "Atlantic/Bermuda", "441"],
  ["BS", "America/Nassau", "242"],
  ["DM", "America/Dominica", "767"],
  ["DO", "America/Santo_Domingo", "809 829 849"],
  ["GD", "America/Grenada", "473"],
  ["JM", "America/Jamaica", "658 876"],
  ["KN", "America/St_Kitts", "869"],
  ["KY", "America/Cayman", "345"],
  ["LC", "America/St_Lucia", "758"],
  ["MS", "America/Montserrat", "664"],
  ["SX", "America/Lower_Princes", "721"],
  ["TC", "America/Grand_Turk", "649"],
  ["TT", "America/Port_of_Spain", "868"],
  ["VC", "America/St_Vincent", "784"],
  ["VG", "America/Tortola", "284"],
];

/** Codes in which people live by another clock than most of their region, or by several. */
const otherClocks: readonly (readonly [codes: string, ...zones: string[]])[] = [
  // Aleutians west of 169° 30′ W; Metlakatla and Hyder keep time of their own within the same hour.
  ["907", "America/Anchorage", "America/Adak"],
  // The Navajo Nation changes its clocks, the rest of Arizona does not.
  ["928", "America/Phoenix", mountain],
  ["448 850", eastern, central],
  ["208 986", "America/Boise", pacific],
  ["219 574 812 930", eastern, central],
  ["620 785", central, mountain],
  ["270 364 606", eastern, central],
  ["906", eastern, central],
  ["308", central, mountain],
  ["701 605", central, mountain],
  // West Wendover and Jackpot go by Utah's and Idaho's clocks.
  ["775", pacific, mountain],
  // Malheur County.
  ["458 541", pacific, "America/Boise"],
  ["865", eastern],
  ["423", eastern, central],
  ["915", mountain],
  // Culberson County and Kenton live by Mountain time without being told to.
  ["432 580", central, mountain],
  // The Peace River and Creston keep one time all year; the Columbia valley goes with Alberta.
  ["236 250 672 778", "America/Vancouver", "America/Edmonton", "America/Dawson_Creek"],
  // Southern Labrador goes with Newfoundland, the rest with Nova Scotia.
  ["709 879", "America/St_Johns", "America/Goose_Bay"],
  // West of 90° W, and Atikokan, which never changes its clocks.
  ["807", "America/Toronto", "America/Winnipeg", "America/Atikokan"],
  // The Magdalen Islands and the east of the Lower North Shore.
  ["273 367 418 581", "America/Toronto", "America/Halifax", "America/Blanc-Sablon"],
  // Lloydminster and around go with Alberta.
  ["306 474 639", "America/Regina", "America/Edmonton"],
  [
    "867",
    "America/Whitehorse",
    "America/Edmonton",
    "America/Rankin_Inlet",
    "America/Iqaluit",
    "America/Resolute",
  ],
];

const areas: ReadonlyMap<string, Area> = new Map(
  plan.flatMap(([regions, zone, codes]) =>
    codes.split(" ").map((code) => [code, { regions: regions.split(" "), zones: clocksOf(code) ?? [zone] }]),
  ),
);

function clocksOf(code: string): string[] | undefined {
  return otherClocks.find(([codes]) => codes.split(" ").includes(code))?.slice(1);
}
