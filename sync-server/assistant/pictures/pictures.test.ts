import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { DrawAnswer, picturePaths, UsedPicture } from "../../../shared/assistant/listings/picture-wire.ts";
import type { UserId } from "../../../shared/entities/id.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import { err } from "../../../shared/result/result.ts";
import { somePng } from "../../../testing/ai/some-png.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { unaskedProvider } from "../../../testing/ai/sample-attempt.ts";
import { someListing } from "../../../testing/fakes/some-story.ts";
import { withoutVectors } from "../../../testing/matching/without-vectors.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import { people, testTenant as tenantId } from "../../../testing/server/test-identities.ts";
import type { Ai, DrawQuestion } from "../../ai/index.ts";
import { inTenant, rowsOf } from "../../database/index.ts";
import { removeRecords, saveRecords } from "../../sync/index.ts";
import { addAssistant } from "../index.ts";
import { tidyPictures } from "./tidy.ts";

const dayMs = 86_400_000;
const rules = stageGateway([]).ai;
let server: TestServer;
let ai: Ai = rules;
/** What the model was asked to draw. */
let told: DrawQuestion[] = [];
let ana: string;
let stranger: string;

beforeAll(async () => {
  const asked = { draw: (request: never) => ai.draw(request) } as unknown as Ai;
  server = await startTestServer({
    add: ({ app, ...context }) => {
      const rest = {
        matching: withoutVectors,
        audited: async () => {},
        firstModel: async () => ({ model: "", instead: null }),
      };
      return addAssistant(app, { ...context, ...rest, ai: asked });
    },
  });
  ana = server.identities.signIn(people.ana).token;
  stranger = server.identities.signIn(people.ben, { tenantId: "tenant-2" }).token;
});
afterEach(() => {
  [ai, told] = [rules, []];
});
afterAll(() => server.close());

let listings = 0;
/** A listing of its own for each test. */
async function addListing(own: Partial<Listing> = {}): Promise<string> {
  const id = `listing-${(listings += 1)}`;
  const now = new Date().toISOString();
  await inTenant(server.db, { tenantId }, (tx) =>
    saveRecords(tx, tenantId, "listings", [{ ...someListing(own), id } as never], { now }),
  );
  return id;
}

function aModelDraws(): void {
  const draw = async (question: DrawQuestion) => {
    told.push(question);
    return { ok: true, value: { bytes: somePng, mimeType: "image/png", usage: null } } as const;
  };
  ai = stageGateway([routeOf({ ...unaskedProvider, draw }, { role: "picture", label: "Painter" })]).ai;
}

function ask(path: string, body?: object, token = ana): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
  return fetch(server.url + path, { method: body ? "POST" : "GET", headers, ...(body && { body: JSON.stringify(body) }) }); // prettier-ignore
}
let painters = 0;
/** Of Ana's team: nobody draws so many in a minute. */
const somebodyElse = () => ({ ...people.ana, userId: `painter-${(painters += 1)}` as UserId });
const draw = async (listingId: string, id: string) => {
  const { token } = server.identities.signIn(somebodyElse());
  return DrawAnswer.parse(await (await ask(picturePaths.draw, { id, listingId }, token)).json());
};
const put = (listingId: string, id: string | null) => ask(picturePaths.used(listingId), { id });
const used = async (listingId: string) =>
  UsedPicture.parse(await (await ask(picturePaths.used(listingId))).json()).picture?.id ?? null;
const idsOf = async (listingId: string) => {
  const found = sql`SELECT id FROM listing_pictures WHERE listing_id = ${listingId} ORDER BY number, id`;
  return (await inTenant(server.db, { tenantId }, (tx) => rowsOf<{ id: string }>(tx, found))).map(
    ({ id }) => id,
  );
};

test("a model is told what a listing is like, and neither its address nor whom to ring; the picture is kept", async () => {
  aModelDraws();
  const listing = await addListing({ description: "Light. Ring +1 312 555 0142.", title: "210 Canal St" });
  const { picture, ...origin } = await draw(listing, "a-1");
  expect(origin).toMatchObject({ by: "model", model: "Painter", instead: null });
  expect(picture).toMatchObject({ id: "a-1", listingId: listing, number: 1, mimeType: "image/png", sizeBytes: somePng.length }); // prettier-ignore
  const [{ description = "" } = {}] = told;
  expect(description).toContain("Chicago");
  expect(description).toContain('"description":"Light. Ring [[NUMBER_1]]."');
  for (const secret of ["Canal", "555"]) expect(description).not.toContain(secret);
  const file = await ask(picturePaths.file("a-1"));
  expect(Buffer.from(await file.arrayBuffer()).equals(somePng)).toBe(true);
  expect(file.headers.get("content-type")).toBe("image/png");
  expect(file.headers.get("cache-control")).toContain("immutable");
});

test("without a model it is a card by rules, which opened by itself runs nothing", async () => {
  const listing = await addListing({ title: "<script>alert(1)</script>" });
  expect(await draw(listing, "b-1")).toMatchObject({ by: "rules", model: "", picture: { mimeType: "image/svg+xml" } }); // prettier-ignore
  const { headers } = await ask(picturePaths.file("b-1"));
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none';.*; sandbox$/u);
  expect(headers.get("content-type")).toContain("image/svg+xml");
  const card = await (await ask(picturePaths.file("b-1"))).text();
  expect(card).toContain("&lt;script&gt;");
  expect(await draw(listing, "b-2")).toMatchObject({ picture: { number: 2 } });
  expect(await (await ask(picturePaths.file("b-2"))).text()).not.toBe(card);
});

test("asked again for the same, also while it is drawn, no other is drawn", async () => {
  aModelDraws();
  const [listing, another] = [await addListing(), await addListing()];
  const body = { id: "c-1", listingId: listing };
  const both = await Promise.all([ask(picturePaths.draw, body), ask(picturePaths.draw, body)]);
  const [one, two] = await Promise.all(both.map((answer) => answer.json()));
  expect(two).toEqual(one);
  expect(await (await ask(picturePaths.draw, body)).json()).toEqual(one);
  expect(told).toHaveLength(1);
  const elsewhere = await ask(picturePaths.draw, { ...body, listingId: another });
  expect([elsewhere.status, told.length]).toEqual([409, 1]);
});

test("nobody draws more than six in a minute, whatever others do; to ask for the same again is no other", async () => {
  const listing = await addListing();
  const painter = somebodyElse();
  const ids = Array.from({ length: 7 }, (_, at) => `c-${at + 10}`);
  const askFor = (id: string) =>
    ask(picturePaths.draw, { id, listingId: listing }, server.identities.signIn(painter).token);
  const statuses = await Promise.all(ids.map(async (id) => (await askFor(id)).status));
  expect(statuses.toSorted()).toEqual([200, 200, 200, 200, 200, 200, 429]);
  expect((await askFor(ids[statuses.indexOf(200)] ?? "")).status).toBe(200);
  expect(await draw(listing, "c-20")).toMatchObject({ picture: { id: "c-20" } });
  await inTenant(server.db, { tenantId }, (tx) =>
    tx.execute(sql`UPDATE listing_pictures SET drawn_at = drawn_at - interval '1 minute'`),
  );
  expect((await askFor(ids[statuses.indexOf(429)] ?? "")).status).toBe(200);
});

test("who asks again for what rules drew is told again why no model did", async () => {
  ai = stageGateway([
    routeOf({ ...unaskedProvider, draw: async () => err({ code: "no-access", message: "The key was refused.", retryAfterMs: null, usage: null }) }, { role: "picture" }), // prettier-ignore
  ]).ai;
  const listing = await addListing();
  const first = await draw(listing, "c-30");
  expect(first).toMatchObject({
    by: "rules",
    instead: { code: "no-access", message: "The key was refused." },
  });
  expect(await draw(listing, "c-30")).toEqual(first);
});

test("a listing has one picture, which is changed, gone back to and taken away; it has none of another listing", async () => {
  const [listing, another] = [await addListing(), await addListing()];
  for (const id of ["d-1", "d-2"]) await draw(listing, id);
  await draw(another, "d-3");
  expect(await used(listing)).toBeNull();
  for (const id of ["d-1", "d-2", "d-1"]) {
    expect(UsedPicture.parse(await (await put(listing, id)).json()).picture?.id).toBe(id);
    expect(await used(listing)).toBe(id);
  }
  for (const id of ["d-3", "no-such"]) expect((await put(listing, id)).status).toBe(404);
  expect(await used(listing)).toBe("d-1");
  await put(listing, null);
  expect([await used(listing), await used(another)]).toEqual([null, null]);
});

test("nobody of another organisation sees, draws or takes away anything", async () => {
  aModelDraws();
  const listing = await addListing();
  await draw(listing, "e-1");
  await put(listing, "e-1");
  told = [];
  for (const [path, body] of [
    [picturePaths.file("e-1"), undefined],
    [picturePaths.used(listing), undefined],
    [picturePaths.used(listing), { id: null }],
    [picturePaths.draw, { id: "e-1", listingId: listing }],
    [picturePaths.draw, { id: "e-2", listingId: listing }],
  ] as const)
    expect((await ask(path, body, stranger)).status, path).toBe(404);
  expect([told.length, await used(listing)]).toEqual([0, "e-1"]);
  const theirs = sql`SELECT id FROM listing_pictures`;
  expect(await inTenant(server.db, { tenantId: "tenant-2" }, (tx) => rowsOf(tx, theirs))).toEqual([]);
});

test("of what nobody uses the newest stay; what a listing has stays however many are drawn", async () => {
  const listing = await addListing();
  await draw(listing, "f-00");
  await put(listing, "f-00");
  const ids = Array.from({ length: 12 }, (_, at) => `f-${String(at + 1).padStart(2, "0")}`);
  for (const id of ids) await draw(listing, id);
  expect(await idsOf(listing)).toEqual(["f-00", ...ids.slice(2)]);
});

test("pictures are out of sight with their listing at once, and erased after a week", async () => {
  const [stays, goes] = [await addListing(), await addListing()];
  for (const id of ["g-1", "g-2"]) await draw(stays, id);
  await draw(goes, "g-3");
  await put(stays, "g-1");
  await put(goes, "g-3");
  const nowMs = Date.now();
  const at = { now: new Date(nowMs).toISOString() };
  await inTenant(server.db, { tenantId }, (tx) => removeRecords(tx, tenantId, "listings", [goes], at));
  for (const path of [picturePaths.file("g-3"), picturePaths.used(goes)])
    expect((await ask(path)).status).toBe(404);
  expect((await ask(picturePaths.draw, { id: "g-4", listingId: goes })).status).toBe(404);
  await tidyPictures(server.db, nowMs + 6 * dayMs);
  expect([await idsOf(stays), await idsOf(goes)]).toEqual([["g-1", "g-2"], ["g-3"]]);
  await tidyPictures(server.db, nowMs + 8 * dayMs);
  expect([await idsOf(stays), await idsOf(goes)]).toEqual([["g-1"], []]);
});

test("one that was taken away can be put back for a week, however long ago it was drawn", async () => {
  const listing = await addListing();
  await draw(listing, "h-1");
  await put(listing, "h-1");
  await inTenant(server.db, { tenantId }, (tx) =>
    tx.execute(sql`UPDATE listing_pictures SET drawn_at = now() - interval '30 days' WHERE id = 'h-1'`),
  );
  await put(listing, null);
  await tidyPictures(server.db, Date.now() + 6 * dayMs);
  expect(await idsOf(listing)).toEqual(["h-1"]);
  await tidyPictures(server.db, Date.now() + 8 * dayMs);
  expect(await idsOf(listing)).toEqual([]);
});
