import { expect, test } from "vitest";
import { cutBack, wholeSentences } from "./cut-back.ts";

test.each([
  ["Dear Maria, we spoke. I will send the pl", "Dear Maria, we spoke."],
  ["We spoke about 3.5 rooms", "We spoke about 3.5"],
  ["We spoke. It has 3.5 rooms and", "We spoke."],
  ["She said “Yes!” and then", "She said “Yes!”"],
  ["One.\n\n- first\n- seco", "One.\n\n- first"],
  ["You need:\n1. a form\n2. the ke", "You need:\n1. a form"],
  ["We spoke. I will ask Dr. Kel", "We spoke."],
  ["Is it free? **Yes.** But on", "Is it free? **Yes.**"],
  ["こんにちは。お電話あり", "こんにちは。"],
  ["All is well.", "All is well."],
  ["Cats are welcome.\n[[per", "Cats are welcome."],
  ["no sentence at a", "no sentence at"],
  ["word", "word"],
])("what is left of “%s” ends well", (cut, left) => {
  expect(cutBack(cut)).toBe(left);
});

test("line breaks without end take no longer than other signs", () => {
  expect(wholeSentences(`All is well.${"\n".repeat(400_000)}`)).toBe("All is well.");
});

test("a beginning has no whole sentence", () => {
  expect(["", "Dear", "Dear Maria, we sp", "1. "].map(wholeSentences)).toEqual(["", "", "", ""]);
});
