import { Where } from "../../../shared/calls/compliance/dial-rules.ts";

/** The rules page, and below it the hours of one place. */
export const rulesPage = ["phone-rules"];

const everywhere = "everywhere-else";

export function addressOfPlace(where: Where): string[] {
  return [...rulesPage, "hours", where === "*" ? everywhere : where];
}

/** What the address names after the page; null where it names no place. */
export function placeAt([part, place = ""]: readonly string[]): Where | null {
  if (part !== "hours") return null;
  const where = Where.safeParse(place === everywhere ? "*" : place);
  return where.success ? where.data : null;
}
