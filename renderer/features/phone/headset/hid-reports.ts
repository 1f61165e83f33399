import { telephonyPage } from "./hid-usages.ts";

/** Where something stands in a device's reports. Offsets and sizes in bits, the lowest bit of the first byte first. */
export type HidField = {
  usage: number;
  reportId: number;
  offset: number;
  size: number;
  /** 1, or how many places there are in which `selects` may stand. */
  count: number;
  /** The number that stands for the usage, of devices that list what is pressed; null: its own bits say so. */
  selects: number | null;
  /** It says that something was done, not how something is. */
  relative: boolean;
};

type Direction = "inputReports" | "outputReports";
type Collections = readonly Pick<HIDCollectionInfo, "usagePage" | Direction>[];

/**
 * Finds usages by the device's own description of its reports. What stands in several reports is taken from the
 * first: a headset that says a thing twice means it once. Collections that lie within others are in these already.
 */
export function findFields(
  collections: Collections,
  direction: Direction,
  usages: readonly number[],
): Map<number, HidField> {
  const found = new Map<number, HidField>();
  for (const { items, reportId } of reportsOf(collections, direction)) {
    let offset = 0;
    for (const item of items) {
      for (const usage of usages) {
        const field = found.has(usage) ? null : fieldIn(item, usage, { reportId, offset });
        if (field) found.set(usage, field);
      }
      offset += bitsOf(item);
    }
  }
  return found;
}

/** Bytes of a report, without its id. */
export function reportBytes(collections: Collections, direction: Direction, reportId: number): number {
  const items = reportsOf(collections, direction)
    .filter((report) => report.reportId === reportId)
    .flatMap((report) => report.items);
  return Math.ceil(items.reduce((bits, item) => bits + bitsOf(item), 0) / 8);
}

function reportsOf(collections: Collections, direction: Direction) {
  return collections
    .filter(({ usagePage }) => usagePage === telephonyPage)
    .flatMap((collection) => collection[direction] ?? [])
    .map(({ reportId = 0, items = [] }) => ({ reportId, items }));
}

function bitsOf({ reportSize = 0, reportCount = 0 }: HIDReportItem): number {
  return reportSize * reportCount;
}

function fieldIn(
  item: HIDReportItem,
  usage: number,
  { reportId, offset }: Pick<HidField, "reportId" | "offset">,
): HidField | null {
  const { reportSize: size = 0, reportCount = 0, logicalMinimum = 0, isArray = false } = item;
  const index = item.isConstant ? -1 : indexOf(item, usage);
  if (index < 0) return null;
  const relative = item.isAbsolute === false;
  if (isArray) {
    return { usage, reportId, offset, size, count: reportCount, selects: logicalMinimum + index, relative };
  }
  if (index >= reportCount) return null;
  return { usage, reportId, offset: offset + index * size, size, count: 1, selects: null, relative };
}

function indexOf(
  { isRange, usages = [], usageMinimum = 0, usageMaximum = -1 }: HIDReportItem,
  usage: number,
) {
  if (!isRange) return usages.indexOf(usage);
  return usage >= usageMinimum && usage <= usageMaximum ? usage - usageMinimum : -1;
}

/** Whether a report says that this is on. A report that is shorter than described says no more than it holds. */
export function isOn({ offset, size, count, selects }: HidField, data: DataView): boolean {
  const places = Array.from({ length: count }, (_, place) => readBits(data, offset + place * size, size));
  return places.some((value) => (selects === null ? value !== 0 : value === selects));
}

function readBits(data: DataView, offset: number, size: number): number {
  let value = 0;
  for (let bit = 0; bit < size; bit += 1) {
    const at = offset + bit;
    const byte = at >> 3;
    if (byte < data.byteLength && (data.getUint8(byte) >> (at & 7)) & 1) value += 2 ** bit;
  }
  return value;
}

/** Writes 1 into a field that has bits of its own. */
export function turnOn({ offset }: HidField, report: Uint8Array): void {
  const byte = offset >> 3;
  report[byte] = (report[byte] ?? 0) | (1 << (offset & 7));
}
