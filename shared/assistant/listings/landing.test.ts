import { describe, expect, test } from "vitest";
import { someListing } from "../../../testing/fakes/some-story.ts";
import type { Listing } from "../../entities/listing.ts";
import type { CustomField } from "../../entities/setting.ts";
import { answerQuestionByRules } from "../answer-by-rules.ts";
import { Place, placeOf, Question, type Tone } from "../question.ts";
import { listingByRules } from "./describe-by-rules.ts";
import { landingByRules } from "./landing-by-rules.ts";
import { joinLandingPage, landingPageHtml, metaCharacters, splitLandingPage } from "./landing-page.ts";
import { tellableListing } from "./tellable-listing.ts";

const about = (tone: Tone = "neutral") =>
  ({ about: "landing", listingId: "listing-1", tone, language: "en" }) as never;
const written = (own: Partial<Listing> = {}, tone?: Tone) =>
  splitLandingPage(landingByRules(about(tone), someListing(own)));

describe("a landing page by the rules", () => {
  test("says a listing's facts, and nothing else", () => {
    expect(written()).toEqual({
      headline: "Second floor, 210 Canal St",
      subheading: "An office floor at 210 Canal St, Chicago",
      points: [
        "Terrace",
        "Fibre, two entries",
        "24/7 access",
        "2 bathrooms, 1 parking space and 1,240 m²",
        "Price: 240,000 USD",
      ],
      action: "Arrange a viewing",
      meta: expect.stringMatching(
        /^Second floor, 210 Canal St\. An office floor at 210 Canal St, Chicago\. /u,
      ),
    });
    expect(written({ features: [] }).points).toContain("Desks: 40");
  });

  test("has three to five points and a description that search engines show whole, however much is known", () => {
    const bare = { type: "", address: "", city: "", features: [], price: null, bathrooms: null, parking: null, landSize: null, custom: {} }; // prettier-ignore
    const much = { title: "t".repeat(300), features: Array.from({ length: 40 }, (_, at) => `Feature ${at}`) };
    for (const page of [written(bare), written(much), written({ features: ["x ".repeat(90)] })]) {
      expect(page.points.length).toBeGreaterThanOrEqual(3);
      expect(page.points.length).toBeLessThanOrEqual(5);
      expect(page.meta.length).toBeLessThanOrEqual(metaCharacters);
      for (const part of [page.headline, page.subheading, page.action, page.meta]) expect(part).not.toBe("");
    }
  });

  test("each tone has its own call to action", () => {
    const actions = (["friendly", "neutral", "formal"] as const).map((tone) => written({}, tone).action);
    expect(new Set(actions).size).toBe(3);
  });
});

test("of a listing's own fields those are told by their labels that are neither people's nor other prices", () => {
  const field = (key: string, label: string, type: string) => ({ key, label, type }) as CustomField;
  const custom = {
    ...{ lowest_price: 3_777_777, owner_s_phone: "+1 312 555 0147", mail: "tom@example.org" },
    ...{
      keys_at: "ring 312-555-0199, or tom@example.org",
      caretaker: "312 555 0198",
      owner_name: "Tom Brandt",
    },
    ...{ gone: "Sold in secret", energy: "B", dogs: true, lease: "twelve months", unit_no: 14, empty: "" },
  };
  const listing = someListing({ custom, features: [] });
  const told = tellableListing(listing, [
    ...[field("energy", "Energy class (EPC)", "select"), field("lowest_price", "Lowest price", "money")],
    ...[field("owner_s_phone", "Owner's phone", "phone"), field("mail", "Mail", "email")],
    ...[field("keys_at", "Keys", "text"), field("caretaker", "Caretaker", "text")],
    ...[
      field("owner_name", "Owner", "text"),
      field("dogs", "Dogs", "boolean"),
      field("empty", "Empty", "text"),
    ],
    ...[field("lease", "Lease", "text"), field("unit_no", "Unit_no", "number")],
  ]);
  expect(told).toEqual({ ...listing, custom: { "Energy class (EPC)": "B", Lease: "twelve months", Unit_no: 14, Dogs: true } }); // prettier-ignore
  expect(Object.keys(told.custom)[0], "in their own order").toBe("Energy class (EPC)");
  const long = listingByRules({ about: "listing", tone: "neutral", length: "long" } as never, told);
  expect(long).toContain("Energy class (EPC): B. Lease: twelve months. Unit_no: 14.");
  expect(landingByRules(about(), told)).toContain("Energy class (EPC): B");
});

test("a landing page is asked for like the rest, in a place of its own", () => {
  const question = Question.parse(about());
  expect(Place.parse(placeOf(question))).toBe("landing:listing-1");
  const subject = { now: "", timeZone: "UTC", story: null, listing: someListing() };
  expect(answerQuestionByRules(question, subject)).toMatch(/^Headline: Second floor/u);
});

describe("the words of a landing page", () => {
  const page = { headline: "A", subheading: "B", points: ["c", "d", "e"], action: "F", meta: "G" };

  test("are what was joined", () => {
    expect(splitLandingPage(joinLandingPage(page))).toEqual(page);
  });

  test("may be half there, as while they come, and lose no line that somebody wrote", () => {
    expect(splitLandingPage("Headline: Up")).toMatchObject({ headline: "Up", points: [], meta: "" });
    const typed = "Light\nheadline: on both sides\r\n* one\nCALL TO ACTION: Come\nand see";
    expect(splitLandingPage(typed)).toMatchObject({ headline: "Light on both sides", points: ["one"], action: "Come and see" }); // prettier-ignore
  });

  test("are text and nothing else in a page's HTML", () => {
    const evil = `"><script>alert('x')</script> & more`;
    const html = landingPageHtml({ headline: evil, subheading: evil, points: [evil], action: evil, meta: evil }); // prettier-ignore
    expect(html).not.toMatch(/<script|alert\('|"><[^/su]/u);
    expect(html.match(/&#60;script&#62;/gu)).toHaveLength(5);
  });

  test("become a description, a heading, a list and a button", () => {
    expect(landingPageHtml(page)).toBe(
      `<meta name="description" content="G">
<section>
  <h1>A</h1>
  <p>B</p>
  <ul>
    <li>c</li>
    <li>d</li>
    <li>e</li>
  </ul>
  <a href="#">F</a>
</section>`,
    );
    expect(landingPageHtml({ ...page, points: [], action: "", meta: "" })).not.toMatch(/<ul>|<a |<meta/u);
  });
});
