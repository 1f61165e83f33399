import type { Dice } from "../random.ts";
import { namePools } from "./names.ts";

/** A name as people write it, and what its e-mail address is made of. */
export function drawName(dice: Dice): { name: string; latin: string } {
  const pool = dice.weighted(namePools);
  const given = inBoth(dice.pick(pool.given));
  const family = inBoth(dice.pick(pool.family));
  const name = pool.familyFirst ? `${family.name}${given.name}` : `${given.name} ${family.name}`;
  const latin = dice.chance(0.5)
    ? `${toAscii(given.latin)}.${toAscii(family.latin)}`
    : `${toAscii(given.latin).slice(0, 1)}${toAscii(family.latin)}`;
  return { name, latin };
}

function inBoth(part: string | { name: string; latin: string }): { name: string; latin: string } {
  return typeof part === "string" ? { name: part, latin: part } : part;
}

const withoutMarks: Record<string, string> = { ø: "o", æ: "ae", ð: "d", þ: "th", ł: "l", đ: "d", ß: "ss" };

function toAscii(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[øæðþłđß]/gu, (letter) => withoutMarks[letter] ?? "")
    .replaceAll(/[^a-z]/gu, "");
}
