import { expect, test } from "vitest";
import type { LetterStand } from "../../../../shared/rpc/contract/assistant.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { decidedWords, standWords } from "./stand-words.ts";

const now = new Date(2026, 10, 22, 11, 0);
const at = new Date(2026, 10, 22, 10, 31).toISOString();

test.each<[LetterStand, string]>([
  [{ state: "free" }, ""],
  [{ state: "held", why: "always", trouble: "" }, "Every letter is read by somebody else before it leaves."],
  [
    { state: "held", why: "flagged", trouble: "" },
    "The model put a link, an address or a placeholder into it that is not in your records. Somebody else has to approve it.",
  ],
  [
    { state: "held", why: "flagged", trouble: "There is no such record." },
    "Nobody was asked: There is no such record.",
  ],
  [
    { state: "kept", why: "always" },
    "Approval is asked for when there is a network again. Until then it waits here.",
  ],
  [{ state: "waiting", why: "always", at }, "Waits for approval, asked for Today 10:31."],
  [{ state: "approved", by: "Grace Holloway", at }, "Approved by Grace Holloway, Today 10:31."],
  [
    { state: "rejected", why: "always", by: "Grace Holloway", at, reason: "No prices by mail" },
    "Refused by Grace Holloway, Today 10:31: No prices by mail",
  ],
])("%j", (stand, words) => {
  expect(standWords(stand, now)).toBe(words);
});

test("a decision is told with who decided, about which letter, and why", () => {
  const decided = {
    id: "a" as RecordId,
    about: "email" as const,
    leadId: "b" as RecordId,
    leadName: "Maria",
    by: "Grace",
    reason: "",
  };
  expect(decidedWords({ ...decided, approved: true })).toBe("Grace approved your letter to Maria");
  expect(decidedWords({ ...decided, approved: false, reason: "Too late" })).toBe(
    "Grace refused your letter to Maria: Too late",
  );
});
