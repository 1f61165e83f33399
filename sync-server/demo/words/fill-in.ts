import type { Dice } from "../random.ts";
import { areas } from "./companies.ts";
import { lessors, months } from "./notes.ts";

/** A sentence with its `{blanks}` filled; `known` ones first, the rest drawn. */
export function fillIn(text: string, dice: Dice, known: Readonly<Record<string, string>> = {}): string {
  return text.replaceAll(/\{(\w+)\}/gu, (_, blank: string) => known[blank] ?? drawBlank(blank, dice));
}

function drawBlank(blank: string, dice: Dice): string {
  switch (blank) {
    case "n":
      return String(dice.int(6, 60));
    case "m":
      return String(dice.int(61, 120));
    case "area":
      return dice.pick(areas);
    case "month":
      return dice.pick(months);
    case "lessor":
      return dice.pick(lessors);
    default:
      throw new Error(`nothing to fill {${blank}} with`);
  }
}
