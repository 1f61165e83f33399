import type { Listing } from "../../entities/listing.ts";
import { cardLooks, type CardLook } from "./card-looks.ts";
import { capital, priceWords, sizeWords } from "./listing-words.ts";
import { wrapLines } from "./wrap-lines.ts";

const width = 1_200;
const height = 800;
const margin = 72;
/** Of the words; the house stands beside them. */
const column = 660;

/**
 * A card that says what a listing is, from its facts alone, as SVG: words beside a house that stands for any. It is no
 * likeness and says so. The same listing and number make the same card, another number another look.
 *
 * @param number of the listing's pictures, from 1
 */
export function titleCard(listing: Listing, number: number): string {
  const look = cardLooks[(number - 1) % cardLooks.length] as CardLook;
  const { type, title } = listing;
  const { size, lines } = fit(title);
  const stepY = Math.round(size * 1.2);
  const factsAt = 228 + lines.length * stepY;
  const words: Line[] = [
    { text: type === "" ? "On offer" : capital(type), y: 120, size: 26, weight: 500, fill: look.accent },
    ...lines.map((text, at) => ({ text, y: 152 + (at + 1) * stepY, size, weight: 650, fill: look.ink })),
    ...factLines(listing).map((text, at) => ({
      ...{ text, y: factsAt + at * 44, size: 30, weight: 400, fill: look.ink },
    })),
  ];
  const side = beginsRightToLeft.test(title) ? "right" : "left";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${look.paper}"/>`,
    drawHouse(look, `${listing.id} ${number}`),
    ...words.map((line) => write(line, side)),
    write({ text: label, y: height - 56, size: 20, weight: 400, fill: look.quiet }, "left"),
    "</svg>",
  ].join("\n");
}

const label = "Title card, made from the listing's facts. Not a likeness.";

const titleSizes = [64, 48, 38] as const;

/** In three lines, as large as it goes. */
function fit(title: string): { size: number; lines: string[] } {
  const tries = titleSizes.map((size) => ({ size, lines: wrapLines(title, { column, size, most: 3 }) }));
  const whole = tries.find(({ lines }) => !lines.at(-1)?.endsWith("…"));
  return whole ?? (tries.at(-1) as (typeof tries)[number]);
}

/** Where it is, how large, what it costs: as far as it is known, and not in the title already. */
function factsOf(listing: Listing): string[] {
  const { title, address, city, features } = listing;
  const where = [address, city].filter((part) => part !== "" && !title.includes(part)).join(", ");
  const price = listing.price === null ? "" : priceWords(listing);
  const size = capital(sizeWords(listing)).replaceAll(" m²", "\u00a0m²");
  return [where, price, size, features.slice(0, 3).join(", ")].filter((fact) => fact !== "");
}

/** More would reach the foot of the card. */
const mostFactLines = 6;

/** Each fact whole, or not at all. */
function factLines(listing: Listing): string[] {
  const facts = factsOf(listing).map((fact) => wrapLines(fact, { column, size: 30, most: 2 }));
  return facts.reduce(
    (all, lines) => (all.length + lines.length > mostFactLines ? all : [...all, ...lines]),
    [],
  );
}

type Line = { text: string; y: number; size: number; weight: number; fill: string };

/** Hebrew, Arabic and their relatives. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const beginsRightToLeft = new RegExp(`^[^\\p{L}]*${rightToLeft.source}`, "u");

/** @param side on which the column's lines begin, whichever way each of them is read */
function write({ text, y, size, weight, fill }: Line, side: "left" | "right"): string {
  const direction = rightToLeft.test(text) ? "rtl" : "ltr";
  const x = side === "right" ? margin + column : margin;
  const anchor = (direction === "rtl") === (side === "right") ? "start" : "end";
  const font = `font-family="Inter, system-ui, 'Segoe UI', sans-serif" font-size="${size}" font-weight="${weight}"`;
  return `<text x="${x}" y="${y}" ${font} fill="${fill}" direction="${direction}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

/** XML holds no control characters, and no halves of a character. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

const house = { x: 820, top: 152, width: 308, rows: 6, columns: 4, step: 72 };

/** A front with windows, some of them lit: which ones follows from `seed`. */
function drawHouse({ wall, pane, lit, accent, paper }: CardLook, seed: string): string {
  const { x, top, rows, columns, step } = house;
  const noise = hash(seed);
  const windows = Array.from({ length: rows * columns }, (_, at) => {
    const [row, col] = [Math.floor(at / columns), at % columns];
    const fill = (noise >>> (at % 31)) & 1 ? lit : pane;
    return `<rect x="${x + 32 + col * 66}" y="${top + 40 + row * step}" width="46" height="48" rx="3" fill="${fill}"/>`;
  });
  const bottom = height - 72;
  return [
    `<rect x="${x}" y="${top}" width="${house.width}" height="${bottom - top}" fill="${wall}"/>`,
    `<rect x="${x - 12}" y="${top - 16}" width="${house.width + 24}" height="16" fill="${accent}"/>`,
    ...windows,
    `<rect x="${x + 116}" y="${bottom - 92}" width="76" height="92" fill="${paper}"/>`,
    `<rect x="${x + 124}" y="${bottom - 84}" width="60" height="84" fill="${accent}"/>`,
    `<rect x="${x - 76}" y="${bottom}" width="${house.width + 152}" height="4" fill="${accent}"/>`,
  ].join("\n");
}

/** FNV-1a, of 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
