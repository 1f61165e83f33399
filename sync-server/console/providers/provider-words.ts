import type { z } from "zod";
import type { IdentityProvider } from "../../admin/wire.ts";

export type Provider = z.output<typeof IdentityProvider>;

export const joinings = [
  { value: "invited", label: "Stays out until they are invited" },
  { value: "agent", label: "Joins as an agent" },
  { value: "manager", label: "Joins as a manager" },
];

export function sayJoining(joinsAs: Provider["joinsAs"]): string {
  if (joinsAs === null) return "Whoever was not invited stays out.";
  return `Whoever comes by it joins as ${joinsAs === "agent" ? "an agent" : "a manager"}.`;
}

/** What was typed as a list: `@` signs, capitals and repetitions are nobody's concern. */
export function domainsIn(typed: string): string[] {
  const words = typed.split(/[\s,;]+/u).map((word) => word.replace(/^.*@/u, "").toLowerCase());
  return [...new Set(words.filter((word) => word !== ""))];
}
