import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findForeignWords, leaveOutForeign } from "./check-words.ts";
import { hasPlaceholder, hideIn, hidePersonalData, mapStrings, nobodyKnown } from "./hide-personal-data.ts";

const known = (...people: string[]) => ({ ...nobodyKnown, people });

describe("what leaves the server", () => {
  test.each([
    ["Write to maria.lopez@example.org today", "Write to [[EMAIL_1]] today"],
    ["Call +49 (0)30 / 1234-5678 or 030 12345678.", "Call [[NUMBER_1]] or [[NUMBER_2]]."],
    ["IBAN DE89 3704 0044 0532 0130 00, thanks", "IBAN [[NUMBER_1]], thanks"],
    ["Card 4111 1111 1111 1111 exp 04/27", "Card [[NUMBER_1]] exp 04/27"],
    ["SSN 123-45-6789", "SSN [[NUMBER_1]]"],
  ])("%s", (text, hidden) => {
    expect(hidePersonalData(nobodyKnown).hide(text)).toBe(hidden);
  });

  test.each([
    "on 2026-11-21 at 10:00",
    "due 21.11.2026",
    "at 2026-11-21T10:00:00.000Z",
    "250,000 USD",
    "3 of 12",
    "v1.2.3",
  ])("%s tells of nobody", (text) => {
    expect(hidePersonalData(nobodyKnown).hide(text)).toBe(text);
  });

  test("names go whole and in parts, and never inside another word; of companies in parts with a capital", () => {
    const { hide } = hidePersonalData({ ...nobodyKnown, people: ["Maria Lopez"], companies: ["Blue Ox"] });
    expect(hide("maria lopez of Blue Ox: Maria said the Mariana blue ox; a lopez and an ox")).toBe(
      "[[NAME_1]] of [[NAME_2]]: [[NAME_3]] said the Mariana [[NAME_2]]; a [[NAME_4]] and an ox",
    );
  });

  test.each([
    ["王小明", "请联系王小明，电话13912345678谢谢", "请联系[[NAME_1]]，电话[[NUMBER_2]]谢谢"],
    [
      "田中 太郎",
      "田中さん、太郎さんに０９０－１２３４－５６７８へ",
      "[[NAME_1]]さん、[[NAME_2]]さんに[[NUMBER_3]]へ",
    ],
    ["สมชาย ใจดี", "คุณสมชาย ใจดีโทร0812345678", "คุณ[[NAME_1]]โทร[[NUMBER_2]]"],
    ["أحمد علي", "اتصل بأحمد علي على ٠١٢٣٤٥٦٧٨٩", "اتصل ب[[NAME_1]] على [[NUMBER_2]]"],
    ["दीपक शर्मा", "दीपक को ०९८७६५४३२१० पर बुलाएँ", "[[NAME_1]] को [[NUMBER_2]] पर बुलाएँ"],
    ["Adam Kowalski", "the Kowalskis and Kowalski's flat, not Kowalskich", "the [[NAME_1]]s and [[NAME_1]]'s flat, not Kowalskich"], // prettier-ignore
    ["Maria", "给Maria打电话", "给[[NAME_1]]打电话"],
    ["김민수", "김민수는 01012345678로, 010-1234-5678로", "[[NAME_1]]는 [[NUMBER_2]]로, [[NUMBER_3]]로"],
    ["민수 김", "민수가", "[[NAME_1]]가"],
    ["דוד לוי", "ודוד אמר", "ו[[NAME_1]] אמר"],
    ["Ana", "2026-11-21 0912345678 and 1.12.2026 0171 2345678", "2026-11-21 [[NUMBER_1]] and 1.12.2026 [[NUMBER_2]]"], // prettier-ignore
    ["Ana", "2026-11-21 - 2026-11-25", "2026-11-21 - 2026-11-25"],
    ["Ana", "في ٢٠٢٦-١١-٢١", "في ٢٠٢٦-١١-٢١"],
  ])("of %s and their numbers in whatever script: %s", (name, text, hidden) => {
    const { hide, restore } = hidePersonalData(known(name));
    expect(hide(text)).toBe(hidden);
    expect(restore(hidden)).toBe(text);
  });

  test("the same text has the same placeholder, another has another", () => {
    const { hide } = hidePersonalData(known("Ana"));
    expect(hide("Ana, a@b.io, Ana, c@d.io, A@B.io")).toBe(
      "[[NAME_3]], [[EMAIL_1]], [[NAME_3]], [[EMAIL_2]], [[EMAIL_1]]",
    );
  });

  test("what was hidden comes back, whatever was written, and typed placeholders stand for nobody", () => {
    const word = fc.constantFrom(
      "Ana Ruiz",
      "ana@ruiz.io",
      "+1 555 0100 200",
      "[[NAME_1]]",
      "rent",
      "$1",
      "[",
      "]]",
      "é漢",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: "grapheme" })), { maxLength: 12 }), (words) => {
        const text = words.join(" ");
        const { hide, restore } = hidePersonalData(known("Ana Ruiz"));
        const hidden = hide(text);
        expect(hidden).not.toContain("ana@ruiz.io");
        expect(hidden.toLowerCase()).not.toContain("ana ruiz ");
        expect(restore(hidden)).toBe(text.replaceAll(/\[(?=\[)/gu, "[ "));
      }),
    );
  });

  test.each(["[[NAME_1]]", "[[[NAME_1]]", "[[[[NAME_1]]"])(
    "%s is a placeholder only where it is ours",
    (typed) => {
      const { hide, restore } = hidePersonalData(known("Ana"));
      expect(hide("Ana")).toBe("[[NAME_1]]");
      expect(restore(hide(typed))).not.toContain("Ana");
    },
  );

  test("as much as is ever asked, of anything, is hidden and comes back", () => {
    for (const part of ["1", "a@", "A1 ", "+(", "Ana", "[[", "٣", "漢1", "Anas"]) {
      const text = part.repeat(400_000 / part.length);
      const { hide, restore } = hidePersonalData(known("Ana"));
      expect(restore(hide(text)).length).toBeGreaterThanOrEqual(text.length);
    }
  });

  test.each([
    ["of an account", 12_345_678_901, "[[NUMBER_1]]"],
    ["of a telephone", 4_930_123_456, "[[NUMBER_1]]"],
    ["of an insurance", 123_456_789, "[[NUMBER_1]]"],
    ["a sum", 1_500_000_000, 1_500_000_000],
    ["a price", 12_345_678, 12_345_678],
    ["a share", 0.123_456_789_01, 0.123_456_789_01],
  ])("a number %s that a field holds as a number: %s is told as %s", (_, kept, told) => {
    const { hide, restore, count } = hidePersonalData(nobodyKnown);
    expect(hideIn({ fields: [{ kept }] }, hide)).toEqual({ fields: [{ kept: told }] });
    expect(count()).toBe(told === kept ? 0 : 1);
    expect(restore(String(told))).toBe(String(kept));
    expect(
      hideIn({ kept }, (text) => text),
      "where nothing is hidden",
    ).toEqual({ kept });
  });

  test("strings at any depth are reached, and nothing else", () => {
    const given = { a: ["x", { b: "x", c: 1, d: null, e: true }] };
    expect(mapStrings(given, (text) => `${text}!`)).toEqual({
      a: ["x!", { b: "x!", c: 1, d: null, e: true }],
    });
  });
});

describe("what comes back", () => {
  const ours = '{"site":"https://ringside.example/a","phone":"030 1234567"}';
  const said =
    "Write to a@b.io or call +1 (312) 555-0147, see http://planted.example/x and bit.ly/planted, not booking.com or immobilien.de";
  const given = { all: `${ours} ${said}`, ours };

  test.each([
    "See https://ringside.example/a.",
    "See ringside.example/a or www.ringside.example/a/",
    "Write to a@b.io, please",
    "No link at all: 3 points",
    "Call +49 30 123-4567, or 030/1234567 on 01.12.2026 or 2026-12-01",
    "We call you at 312 555 0147",
    "It costs 1.250.000 € or 250 000 USD, at 10.am, e.g. with Mr.Smith/Mrs.Jones, and/or z.B. 0.5 m2 by 8.30-9.30",
    "The house.It has 3 rooms. approx.20 m, Nr.5, v1.2.3, No.2/3",
    "350 000 – 420 000 €, 300.000 - 500.000, 10.000 - 12.500 or 1 050 – 1 250",
    "- 350 000 – 420 000 (350.000 - 420.000)",
    "About 250 000 (1200 sq ft), EUR 1 250 000 000, EUR 1250000000, € 1 050 000 (2 flats)",
    "Open 08.30 – 18.00, 05.12. - 08.12, on 05.12. 10.30, 01/12/26 - 05/12/26",
    "In all 5 000 2026, 12 000 in 2027",
    "a big kitchen.we like it, written in Node.js, the flat.it is new, die Wohnung.es ist neu",
    "You found us on Booking.com or immobilien.de, then",
  ])("%s", (text) => {
    expect(findForeignWords([text], given)).toBeNull();
    expect(leaveOutForeign(text, given)).toBe(text);
  });

  test.each([
    ["Pay at https://evil.example/x now", "Pay at […] now"],
    ["javascript:alert(1)", "[…])"],
    ["Ask evil@b.io", "Ask […]"],
    ["www.evil.example", "[…]"],
    ["Pay at evil-bank.example/pay", "Pay at […]"],
    ["bit.ly/abc", "[…]"],
    ["on evil-bank.com, now", "on […], now"],
    ["请访问evil.com谢谢", "请访问[…]谢谢"],
    ["Call 01.12.2026 0900 6661313", "Call 01.12.2026 […]"],
    ["Call +49 900 666 13 13!", "Call […]!"],
    ["Call (900) 666-1313", "Call […]"],
    ["打电话13987654321吧", "打电话[…]吧"],
    ["See http://planted.example/x", "See […]"],
    ["bit.ly/planted", "[…]"],
    ["booking.com/x, www.immobilien.de", "[…] […]"],
    ["evil-bank.de, evil-bank.ch or evil-bank.co.uk, evil-bank.com.au", "[…], […] or […], […]"],
    ["Pay 350 000 – 420 000 € and call 0900 6661313", "Pay 350 000 – 420 000 € and call […]"],
    ["EUR 5 0900 6661313", "EUR 5 […]"],
    ["€ 0900 6661313", "€ […]"],
    ["EUR 900 666 1313", "EUR […]"],
    ["900 000 1313 or 900-666-1313 €", "[…] or […] €"],
    ["05.12. 10.30 0900 6661313", "05.12. 10.30 […]"],
    ["08.30 – 18.00: 0900/666 - 1313", "08.30 – 18.00: […]"],
    ["Call 0900 666 000 13 or 900666131", "Call […] or […]"],
  ])("%s is not of the data", (text, shown) => {
    expect(findForeignWords([text], given)).toContain("not in the data");
    expect(leaveOutForeign(text, given)).toBe(shown);
  });

  test("as much as is ever answered, of anything, is looked through", () => {
    for (const part of ["1", "1 ", "1,", "1.000 ", "000 ", "0-", "10.30-", "EUR 1 ", "a.", "a1.de", "٣"]) {
      const text = part.repeat(40_000 / part.length);
      expect(leaveOutForeign(text, given).length).toBeLessThanOrEqual(text.length);
    }
  });

  test("a placeholder that a model made up is no answer", () => {
    expect(findForeignWords(["Dear [[NAME_9]]"], given)).toContain("placeholder");
    expect(hasPlaceholder("Dear [NAME_9]")).toBe(false);
  });
});
