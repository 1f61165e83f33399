import { expect, test } from "vitest";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { recordingLawOf } from "./recording-law.ts";

const newYork = "+12125550100";
const losAngeles = "+13105550100";
const tollFree = "+18005550100";
const texan = "+17135550147";

test.each([
  ["nothing, where one side's consent is enough on both sides", newYork, texan, "", "none"],
  ["to tell a caller of our number in a state where all must agree", losAngeles, texan, "", "inform"],
  ["to tell one who has moved to such a state with their number", newYork, texan, "Los Angeles", "inform"],
  ["nothing of one whose city nobody knows", newYork, texan, "Elsewhere", "none"],
  ["to tell one whose number has no state", newYork, tollFree, "", "inform"],
  ["to tell one who calls a number of ours that has none", tollFree, texan, "", "inform"],
  ["to tell one who hides", newYork, "anonymous", "", "inform"],
  ["to ask one from where a clear yes is wanted", newYork, "+493023125012", "", "ask"],
] as const)("the law asks %s", (_, ours, theirs, city, law) => {
  expect(recordingLawOf(usualPhoneRules, "US", { ours, theirs, city })).toBe(law);
});
