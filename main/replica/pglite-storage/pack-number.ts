/**
 * Writes a finite number as PostgreSQL keeps a numeric, varlena header included: sign, how many decimals are shown
 * (`scale`), the power of 10,000 of the first digit (`weight`), then digits of base 10,000 without zeros at the ends.
 * @returns where it ends; at most `longestNumber` bytes further
 */
export function packNumber(view: DataView, at: number, value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e8) return packSmall(view, at, value);
  return packParts(view, at, partsOf(value));
}

/** Both headers, and the digits of base 10,000 that JSON's 21 decimals can touch. */
export const longestNumber = 4 + 4 + 2 * 7;

type Parts = { negative: boolean; scale: number; weight: number; digits: readonly number[] };

/** The numbers that records are full of, without a detour through text. */
function packSmall(view: DataView, at: number, value: number): number {
  const size = Math.abs(value);
  const high = Math.floor(size / 10_000);
  const low = size % 10_000;
  const digits = low === 0 ? [high] : [high, low];
  if (high > 0) return packParts(view, at, { negative: value < 0, scale: 0, weight: 1, digits });
  return packParts(view, at, { negative: value < 0, scale: 0, weight: 0, digits: low === 0 ? [] : [low] });
}

/** The number as JSON writes it, and PostgreSQL would read it. */
function partsOf(value: number): Parts {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/u.exec(JSON.stringify(value)) ?? [];
  const power = Number(exponent);
  const scale = Math.max(0, fraction.length - power);
  // Decimals from the first one on, and how many of them stand before the point.
  const decimals = whole + fraction;
  const point = whole.length + power;
  // Base-10,000 digits begin at every fourth place from the point.
  const ahead = (4 - (((point % 4) + 4) % 4)) % 4;
  const padded = "0".repeat(ahead) + decimals;
  const groups = (padded + "0".repeat((4 - (padded.length % 4)) % 4)).match(/\d{4}/gu) ?? [];
  const digits = groups.map(Number);
  const zeros = digits.findIndex((digit) => digit !== 0);
  const end = digits.findLastIndex((digit) => digit !== 0) + 1;
  const weight = (point + ahead) / 4 - 1 - zeros;
  return { negative: sign === "-", scale, weight, digits: digits.slice(zeros, end) };
}

function packParts(view: DataView, at: number, { negative, scale, weight, digits }: Parts): number {
  const isShort = scale <= 0x3f && weight <= 0x3f && weight >= -0x40;
  const headerBytes = isShort ? 2 : 4;
  const end = at + 4 + headerBytes + 2 * digits.length;
  view.setUint32(at, (end - at) << 2, true);
  if (isShort) {
    view.setUint16(at + 4, 0x8000 | (negative ? 0x2000 : 0) | (scale << 7) | (weight & 0x7f), true);
  } else {
    view.setUint16(at + 4, (negative ? 0x4000 : 0) | scale, true);
    view.setInt16(at + 6, weight, true);
  }
  for (let index = 0; index < digits.length; index += 1) {
    view.setUint16(at + 4 + headerBytes + 2 * index, digits[index] ?? 0, true);
  }
  return end;
}
