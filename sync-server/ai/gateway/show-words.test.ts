import fc from "fast-check";
import { expect, test } from "vitest";
import { showWords } from "./show-words.ts";

const composed = {
  messages: [],
  given: { all: "https://ringside.example/a +49 30 1234567", ours: "https://ringside.example/a" },
  restore: (text: string) => text.replaceAll("[[NAME_1]]", "Maria"),
  hidden: 1,
};

function showAll(pieces: readonly string[]): string {
  const { push, end } = showWords(composed);
  return pieces.map(push).join("") + end();
}

test("however prose is cut into pieces, the same is shown", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "[[NAME_1]]",
      "[[",
      "https://evil.example/a",
      "https://ringside.example/a",
      "www.evil.io",
      "a@evil.io",
      "evil-bank.example/pay",
      "漢evil.com漢",
      "+49 30 1234567",
      "+49 900 666 13 13",
      "01.12.2026",
    ),
    fc.constantFrom(" ", "\n", "漢字漢字漢字漢字漢字漢字漢字", "👍🏽", "lorem"),
  );
  const pieces = fc.array(part, { maxLength: 20 }).chain((parts) =>
    fc.record({
      text: fc.constant(parts.join(" ")),
      sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
    }),
  );
  fc.assert(
    fc.property(pieces, ({ text, sizes }) => {
      expect(showAll(cut(text, sizes))).toBe(showAll([text]));
      expect(showAll(cut(text, sizes))).not.toContain("evil");
      expect(showAll(cut(text, sizes))).not.toContain("666");
      expect(showAll(cut(text, sizes))).not.toContain("[[NAME_1]]");
    }),
  );
});

test("whether the output rules objected to any of it does not hang on how it is cut", () => {
  const part = fc.constantFrom("lorem", "[[NAME_1]]", "[[NAME_9]]", "www.evil.io", "https://ringside.example/a", "漢字"); // prettier-ignore
  const objectionable = /evil|NAME_9/u;
  let held = 0;
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (parts, sizes) => {
        const { push, end, flagged } = showWords(composed);
        for (const piece of cut(parts.join(" "), sizes)) push(piece);
        end();
        expect(flagged()).toBe(objectionable.test(parts.join(" ")));
        if (flagged()) held += 1;
      },
    ),
  );
  expect(held).toBeGreaterThan(0);
});

test("words are shown while others are still to come", () => {
  const { push } = showWords(composed);
  expect(push("Dear [[NA")).toBe("Dear ");
  expect(push("ME_1]], how")).toBe("Maria, ");
  expect(push("漢".repeat(40)).length).toBeGreaterThan(20);
});

function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}
