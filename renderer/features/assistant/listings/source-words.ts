import type { listingMatches } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";

/** To rules only the same words are near to each other: "garden" is not near to "lawn". */
const comparedWords = {
  model: "From their fields, and the meaning of their own words.",
  rules: "From their fields, and their own words.",
};

/** By what listings were found for somebody, and what kept the server from doing it better. */
export function sourceWords({ compared, why }: Pick<OutputOf<typeof listingMatches>, "compared" | "why">) {
  if (compared === null && why === "") return "From their fields.";
  const by = compared === null ? "From their fields alone." : comparedWords[compared];
  return why === "" ? by : `${by} ${why}`;
}
