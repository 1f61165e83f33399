import fc from "fast-check";
import { expect, test } from "vitest";
import { someListing } from "../../../testing/fakes/some-story.ts";
import { cardLooks } from "./card-looks.ts";
import { titleCard } from "./title-card.ts";
import { wrapLines } from "./wrap-lines.ts";

test("a card says what the listing's fields say, that it is no likeness, and looks otherwise each time", () => {
  const card = titleCard(someListing(), 1);
  for (const words of [
    "Office floor",
    "Second floor",
    "Chicago",
    "1,240\u00a0m²",
    "Terrace",
    "240,000 USD",
    "Not a likeness",
  ])
    // prettier-ignore
    expect(card, words).toContain(words);
  expect(titleCard(someListing(), 1)).toBe(card);
  const cards = Array.from({ length: cardLooks.length * 2 }, (_, at) => titleCard(someListing(), at + 1));
  expect(new Set(cards).size).toBe(cards.length);
});

test("whatever a listing is called, its card is a picture and nothing more", () => {
  const text = fc.string({ unit: "binary", maxLength: 120 });
  fc.assert(
    fc.property(text, text, text, (title, type, city) => {
      const card = titleCard(someListing({ title: `${title}"><script>x</script>&`, type, city }), 3);
      expect(card.isWellFormed()).toBe(true);
      // Nothing but the elements that a card is made of, and no control character.
      expect(card.replaceAll(/<\/?(?:svg|rect|text)\b[^<>]*>/gu, "")).not.toMatch(/[<>]/u);
      expect(card).not.toMatch(/&(?!amp;|lt;|gt;)/u);
      expect(card.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test("a title of letters from right to left stands at the right, and each line is read its own way", () => {
  const card = titleCard(someListing({ title: "דירה בחיפה" }), 1);
  expect(card).toMatch(/x="732"[^<]*direction="rtl" text-anchor="start">דירה בחיפה</u);
  expect(card).toMatch(/x="732"[^<]*direction="ltr" text-anchor="end">240,000 USD</u);
  expect(titleCard(someListing({ title: "12 Canal St" }), 1)).not.toMatch(/rtl|x="732"/u);
});

test("a fact for which there is no room is left out whole", () => {
  const long = "a very long word of somebody who loves words ".repeat(3).trim();
  const card = titleCard(someListing({ title: long, features: [long, long, "Terrace"] }), 1);
  expect(card).toContain("240,000 USD");
  expect(card.match(/font-size="30"/gu)?.length).toBeLessThanOrEqual(6);
});

test.each([
  ["Second floor, 210 Canal St", 3, ["Second floor, 210", "Canal St"]],
  ["Donaudampfschifffahrtsgesellschaft", 3, ["Donaudampfschifff", "ahrtsgesellschaft"]],
  ["one two three four five six seven eight nine ten", 2, ["one two three", "four five six…"]],
  ["", 3, []],
])("%j in lines of 10 em", (text, most, lines) => {
  expect(wrapLines(text, { column: 100, size: 10, most })).toEqual(lines);
});
