import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordId } from "../../entities/id.ts";
import { approvalIdOf, sealedWords, whyHeld, type Letter } from "./approval.ts";

test("a letter is held by the rule that says so, and by what the output rules objected to", () => {
  expect([whyHeld("never", false), whyHeld("never", true)]).toEqual([null, null]);
  expect([whyHeld("flagged", false), whyHeld("flagged", true)]).toEqual([null, "flagged"]);
  expect([whyHeld("always", false), whyHeld("always", true)]).toEqual(["always", "flagged"]);
});

const letter = fc.record({
  about: fc.constantFrom<Letter["about"]>("email", "message"),
  leadId: fc.constantFrom("a", "b", 'a"').map((id) => id as RecordId),
  text: fc.oneof(fc.constantFrom("", "x", "x ", "X", '","', "é", "é"), fc.string({ unit: "binary" })),
});

test("two letters are sealed alike only where nothing differs: not way, person, case, spaces or accents", () => {
  fc.assert(
    fc.property(letter, letter, (one, other) => {
      const isSame = one.about === other.about && one.leadId === other.leadId && one.text === other.text;
      expect(sealedWords(one) === sealedWords(other)).toBe(isSame);
    }),
  );
});

test("the same letter of the same person has the same approval, and nobody else's", () => {
  const hash = "a".repeat(64);
  expect(approvalIdOf("ana", hash)).toBe(approvalIdOf("ana", hash));
  expect(approvalIdOf("ana", hash)).not.toBe(approvalIdOf("ben", hash));
  expect(approvalIdOf("ana", hash)).not.toBe(approvalIdOf("ana", "b".repeat(64)));
});
