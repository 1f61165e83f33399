import { RecordId } from "../../shared/entities/id.ts";
import type { Dice } from "./random.ts";

/** A UUID of version 7 as devices make them, from a given instant and seeded randomness. */
export function recordIdAt(ms: number, dice: Dice): RecordId {
  const time = ms.toString(16).padStart(12, "0");
  const variant = (8 + dice.int(0, 3)).toString(16);
  const tail = hex(dice, 4) + hex(dice, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(dice, 3)}-${variant}${hex(dice, 3)}-${tail}` as RecordId;
}

function hex(dice: Dice, digits: number): string {
  return Math.floor(dice.next() * 16 ** digits)
    .toString(16)
    .padStart(digits, "0");
}
