/** A region of the North American plan with the clock of one city there. */
export type CityPlace = { region: string; zone: string };

/**
 * Where a city of the United States or Canada lies, for names that hardly anybody uses for another one. People keep
 * a mobile number when they move: the city of a lead then says more than the area code.
 */
export function findCity(name: string): CityPlace | undefined {
  return cities.get(name.trim().toLowerCase());
}

const byZone: readonly (readonly [zone: string, cities: string])[] = [
  [
    "America/New_York",
    "US-NY: new york, new york city, brooklyn, buffalo | US-MA: boston | US-PA: philadelphia, pittsburgh | US-DC: washington, washington dc, washington d.c. | US-MD: baltimore | US-GA: atlanta | US-NC: charlotte, raleigh | US-FL: miami, tampa, orlando, fort lauderdale, jacksonville | US-OH: cleveland, columbus, cincinnati | US-MI: detroit, ann arbor, grand rapids | US-IN: indianapolis | US-KY: louisville | US-VA: richmond | US-CT: hartford | US-RI: providence | US-NJ: newark, jersey city",
  ],
  [
    "America/Chicago",
    "US-IL: chicago | US-TX: houston, dallas, austin, san antonio, fort worth | US-MN: minneapolis, saint paul, st. paul | US-MO: st. louis, saint louis, kansas city | US-WI: milwaukee, madison | US-LA: new orleans, baton rouge | US-TN: nashville, memphis | US-NE: omaha | US-OK: oklahoma city, tulsa | US-AL: huntsville | US-FL: pensacola",
  ],
  [
    "America/Denver",
    "US-CO: denver, boulder, colorado springs | US-UT: salt lake city | US-NM: albuquerque, santa fe | US-TX: el paso | US-ID: boise",
  ],
  ["America/Phoenix", "US-AZ: phoenix, tucson, scottsdale, tempe"],
  [
    "America/Los_Angeles",
    "US-CA: los angeles, san francisco, san diego, sacramento, oakland, san jose, palo alto | US-WA: seattle, tacoma, spokane, bellevue | US-OR: portland | US-NV: las vegas, reno",
  ],
  ["America/Anchorage", "US-AK: anchorage, fairbanks, juneau"],
  ["Pacific/Honolulu", "US-HI: honolulu"],
  ["America/Toronto", "CA-ON: toronto, ottawa, mississauga | CA-QC: montreal, montréal, quebec city, québec"],
  ["America/Winnipeg", "CA-MB: winnipeg"],
  ["America/Edmonton", "CA-AB: calgary, edmonton"],
  ["America/Regina", "CA-SK: regina, saskatoon"],
  ["America/Vancouver", "CA-BC: vancouver"],
  ["America/Halifax", "CA-NS: halifax"],
];

const cities: ReadonlyMap<string, CityPlace> = new Map(
  byZone.flatMap(([zone, list]) =>
    list.split(" | ").flatMap((part) => {
      const [region = "", names = ""] = part.split(": ");
      return names.split(", ").map((name) => [name, { region, zone }] as const);
    }),
  ),
);
