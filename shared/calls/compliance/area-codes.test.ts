import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { findArea, zonesOfRegion } from "./area-codes.ts";

const everyCode = Array.from({ length: 800 }, (_, index) => String(index + 200));
const geographic = ["FIXED_LINE_OR_MOBILE", "FIXED_LINE", "MOBILE"];

test("every area code that libphonenumber knows a place for is known, and in the same country", () => {
  const known = everyCode.flatMap((code) => {
    const parsed = parsePhoneNumberFromString(`+1${code}2345678`);
    const there = parsed?.country !== undefined && geographic.includes(parsed.getType() ?? "");
    return there ? [{ code, country: parsed.country }] : [];
  });
  expect(known.length).toBeGreaterThan(380);
  for (const { code, country } of known) {
    const regions = findArea(code)?.regions ?? [];
    expect([
      code,
      regions.some(
        (region) => region === country || region.endsWith(`-${country}`) || region.startsWith(`${country}-`),
      ),
    ]).toEqual([code, true]);
  }
});

test("toll-free, premium, personal and unassigned codes are no place", () => {
  expect(["800", "888", "833", "900", "500", "700", "555", "911"].map(findArea)).toEqual(
    Array(8).fill(undefined),
  );
});

// The 25 codes of which published number data tells that they span two clock rules.
test.each(
  "208 219 250 270 308 418 423 541 574 605 606 620 701 709 775 785 807 812 850 867 879 906 907 928 986".split(
    " ",
  ),
)("%s spans several clocks", (code) => {
  const [january, july] = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];
  const clocks = findArea(code)?.zones.map((zone) => `${wallOf(january, zone)} ${wallOf(july, zone)}`);
  expect(new Set(clocks).size).toBeGreaterThan(1);
});

test("an overlay has the clocks of the code under it", () => {
  const overlays = [["448", "850"], ["986", "208"], ["930", "812"], ["364", "270"], ["458", "541"], ["778", "250"]] as const; // prettier-ignore
  for (const [overlay, under] of overlays) expect(findArea(overlay)?.zones).toEqual(findArea(under)?.zones);
});

test("every zone is one that this machine's clocks know", () => {
  const zones = new Set(everyCode.flatMap((code) => findArea(code)?.zones ?? []));
  expect(zones.size).toBeGreaterThan(40);
  for (const zone of zones) expect(() => wallOf(0, zone)).not.toThrow();
});

test("a region has the clocks of all its codes", () => {
  expect(zonesOfRegion("US-FL").sort()).toEqual(["America/Chicago", "America/New_York"]);
  expect(zonesOfRegion("US-AZ")).toContain("America/Phoenix");
  expect(zonesOfRegion("DE-BY")).toEqual([]);
});

function wallOf(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(
    atMs,
  );
}
