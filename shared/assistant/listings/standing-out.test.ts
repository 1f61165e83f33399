import fc from "fast-check";
import { expect, test } from "vitest";
import { someLead, someListing } from "../../../testing/fakes/some-story.ts";
import { matchListing } from "./match-listing.ts";
import { standingOut } from "./standing-out.ts";

const plain = someListing({ features: [], price: null, custom: {}, parking: null });
const pointsOf = (nearness: number) =>
  (matchListing(someLead(), plain, nearness, "USD")?.score ?? 0) -
  (matchListing(someLead(), plain, null, "USD")?.score ?? 0);

const catalogue = (from: number, to: number, count = 41) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`l-${at}`, from + ((to - from) * at) / (count - 1)]),
  );

test("of a model to which all is alike half of what is on offer gains nothing, and the nearest the most", () => {
  const points = Object.values(standingOut(catalogue(0.7, 0.9))).map(pointsOf);
  expect(points.filter((gained) => gained > 0).length).toBeLessThan(21);
  expect(Math.max(...points)).toBe(points.at(-1));
  expect(points.at(-1)).toBeGreaterThan(6);
  expect(new Set(points.slice(-20)).size, "none of them is as good as another").toBeGreaterThan(5);
});

test("where words have little in common figures stay as they are", () => {
  const own = catalogue(-0.05, 0.25);
  for (const [id, near] of Object.entries(standingOut(own))) expect(near).toBeCloseTo(own[id] ?? 0, 9);
});

test("of a few the farthest is the usual, and of one nothing is known", () => {
  expect(Object.values(standingOut({ only: 0.9 })).map(pointsOf)).toEqual([0]);
  const [far, near] = Object.values(standingOut({ far: 0.8, near: 0.9 })).map(pointsOf);
  expect([far, (near ?? 0) > 0]).toEqual([0, true]);
});

test("the order stays, and nothing is nearer than the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (all) => {
        const given = Object.fromEntries(all.map((near, at) => [`l-${at}`, near]));
        const out = Object.values(standingOut(given));
        for (const [at, one] of out.entries()) {
          expect(one).toBeLessThanOrEqual(1 + 1e-9);
          for (const [to, other] of out.entries())
            if ((all[at] ?? 0) > (all[to] ?? 0)) expect(one).toBeGreaterThanOrEqual(other);
        }
      },
    ),
  );
});
