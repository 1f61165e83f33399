import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressTexts } from "../../../../testing/eval/safety/address-texts.ts";
import { hidePersonalData, nobodyKnown, type Known } from "../hide-personal-data.ts";
import { findAddresses } from "./find-addresses.ts";

const found = (text: string) => findAddresses(text).map(({ from, to }) => text.slice(from, to));
const hidden = (text: string, known: Partial<Known>) =>
  hidePersonalData({ ...nobodyKnown, ...known }).hide(text);

describe("postal addresses", () => {
  test.each([
    ["12 Baker Street.", ["12 Baker Street"]],
    ["12 BAKER ST, nw1 6xe", ["12 BAKER ST, nw1 6xe"]],
    ["unit 5, 12 baker road; 10:30 Baker Street", ["unit 5, 12 baker road"]],
    ["350 5th Avenue, New York, NY 10118", ["350 5th Avenue", "NY 10118"]],
    ["500 W Madison St NW, Suite 210", ["500 W Madison St NW, Suite 210"]],
    ["Konrad-Adenauer-Platz 4\n53225 Bonn", ["Konrad-Adenauer-Platz 4\n53225 Bonn"]],
    ["In der Aue 3, 1010 Wien", ["In der Aue 3, 1010 Wien"]],
    ["in der Lindenallee 14b", ["Lindenallee 14b"]],
    ["in 10115 Berlin oder D-60311 Frankfurt am Main", ["10115 Berlin", "D-60311 Frankfurt am Main"]],
    ["Coolsingel 40, 3011 AD Rotterdam", ["Coolsingel 40, 3011 AD Rotterdam"]],
    ["45 bis avenue Victor Hugo ; Rue du Lac 3", ["45 bis avenue Victor Hugo", "Rue du Lac 3"]],
    ["C/ Mayor 5, 2º B y calle mayor 7", ["C/ Mayor 5, 2º B", "calle mayor 7"]],
    ["Via Roma 12, 00184 Roma", ["Via Roma 12, 00184 Roma"]],
    ["PO Box 12, Postfach 1120", ["PO Box 12, Postfach 1120"]],
    ["живу: ул. Ленина, д. 5, кв. 3.", ["ул. Ленина, д. 5, кв. 3"]],
    ["на улице Карла Маркса, дом 7а, корп. 2", ["улице Карла Маркса, дом 7а, корп. 2"]],
    ["ул. К. Маркса 12/3 и ул. 8 Марта, 40", ["ул. К. Маркса 12/3", "ул. 8 Марта, 40"]],
    ["Тверская ул., 9 или Лесной проспект 3", ["Тверская ул., 9", "Лесной проспект 3"]],
    ["ул ленина 5, улица ленина д 5", ["ул ленина 5, улица ленина д 5"]],
    ["101000, Москва, пер. Кривой, 4, стр. 1", ["101000, Москва, пер. Кривой, 4, стр. 1"]],
    ["УЛ. ПУШКИНА, Д. 10", ["УЛ. ПУШКИНА, Д. 10"]],
  ])("of %j", (text, addresses) => {
    expect(found(text)).toEqual(addresses);
  });

  test.each([
    "a 20 minute drive, 5 hours down the road",
    "10 very nice people at court",
    "3 blocks close to 2 kids in a nice close",
    "Meet at 5 then drive, at 9 we close",
    "Will you be there? Room b2 4th floor",
    "OK 20000 and IN 20240, 2026 UK plans",
    "12000 Kunden, 30000 Euro, Am Montag 12 Uhr, im Mai 3 Wochen, auf dem Parkplatz 3",
    "mein Heimweg 20 Minuten, die Hauptstraße 5 Minuten entfernt",
    "1 place de parking, il y a 12 places",
    "la calle tiene 40 metros, via Zoom 3 times",
    "£12 Baker Street, 2:12 Park Lane",
    "на улице холодно, 5 человек ждут; Общая площадь 40 кв. м, жилая площадь 20",
    "встреча на проспекте Мира в 18:00, улица Мира 18 мая закрыта",
    "дом 5 лет строили, квартира 3 года пустая, по улице 20 минут",
  ])("none of %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("what is on offer stays, however it is written, and the home beside it goes", () => {
    const text = "I live at 3 Elm Road and saw 12 baker street; 12 Baker Street, NW1 6XE is fine.";
    const known = { offered: ["Bright flat, 12 Baker Street, NW1 6XE, London. 3 rooms"] };
    expect(hidden(text, known)).toBe(
      "I live at [[ADDRESS_1]] and saw 12 baker street; 12 Baker Street, NW1 6XE is fine.",
    );
  });

  test("a home is found where words stand without spaces, or with a particle", () => {
    const homes = ["東京都港区1-2-3", "서울시 강남구 12"];
    expect(hidden("住所は東京都港区1-2-3です。", { homes })).toBe("住所は[[ADDRESS_1]]です。");
    expect(hidden("서울시 강남구 12에 살아요, 서울시 강남구 120", { homes })).toBe(
      "[[ADDRESS_1]]에 살아요, 서울시 강남구 120",
    );
  });

  test("a home that their record names needs no number", () => {
    const known = { homes: ["The Old Rectory, Wick"], people: ["Mia Baker"] };
    expect(hidden("Mia Baker, the old rectory\nwick, or 5 Baker Road", known)).toBe(
      "[[NAME_3]], [[ADDRESS_1]], or [[ADDRESS_2]]",
    );
  });
});

const pieces = fc.oneof(
  fc.constantFrom(...addressTexts.map(({ marked }) => marked.replaceAll(/[«»‹›]/gu, ""))),
  fc.constantFrom(
    "12",
    "Baker",
    "Street",
    "NW1 6XE",
    "Flat 3,",
    "10115",
    "Berlin",
    "Hauptstraße",
    "rue",
    "IL 60661",
    "calle",
  ),
  fc.constantFrom(
    "12 baker street",
    "12 Baker Street",
    "[[ADDRESS_1]]",
    "a@b.io",
    "+49 30 1234567",
    "Mia Keller",
    "\n",
    ",",
    "º",
    "1012 AB",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(" "));

test("what was hidden comes back to the letter, and hiding it again finds nothing more", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const hiding = hidePersonalData({ ...nobodyKnown, people: ["Mia Keller"] });
      const first = hiding.hide(text);
      // A placeholder that somebody typed is none of ours, and stays apart from them.
      expect(hiding.restore(first)).toBe(text.replaceAll(/\[(?=\[)/gu, "[ "));
      const count = hiding.count();
      expect(hiding.hide(first)).toBe(first.replaceAll(/\[(?=\[)/gu, "[ "));
      expect(hiding.count()).toBe(count);
    }),
    { numRuns: 1_000 },
  );
});

test("addresses are in order, inside the text, and apart from each other", () => {
  fc.assert(
    fc.property(texts, (text) => {
      let last = -1;
      for (const { from, to } of findAddresses(text)) {
        expect(from).toBeGreaterThan(last);
        expect(to).toBeGreaterThan(from);
        last = to;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("a megabyte of anything takes time as it is long", () => {
  const parts = ["1 a ", "12 the old ", "Am ", "An der A", "aaaa-", "Flat 1, ", "calle de la ", "12 rue de la ", "A1 ", "10115 ", "1", "Straße", "\n", "é", "ул. ", "ул. А ", "Малая ", "г. А, ", "620014, А, ", "д. 5, ", "кв. 3 "]; // prettier-ignore
  for (const part of parts) {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    expect(findAddresses(text).length).toBeLessThan(text.length);
  }
}, 120_000);
