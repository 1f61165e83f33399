import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DrawAnswer, ListingPicture } from "../../../../shared/assistant/listings/picture-wire.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../../shared/result/result.ts";
import type { listingPicture } from "../../../../shared/rpc/contract/pictures.ts";
import { createFakeReplica, type FakeReplica } from "../../../../testing/fakes/replica.ts";
import { someListing } from "../../../../testing/fakes/some-story.ts";
import { watch, type Watched } from "../../../../testing/fakes/watch.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { createFileShelf } from "../../files/file-shelf.ts";
import type { AskPictures, NotDrawn } from "./ask-pictures.ts";
import { openListingPictures, type ListingPictures } from "./listing-pictures.ts";

const listingId = "listing-1" as RecordId;
const unreachable = "The server cannot be reached.";
const offline: NotDrawn = { why: unreachable, unreachable: true };

let replica: FakeReplica;
let folder: string;
let pictures: ListingPictures;
/** The server, as far as pictures go. */
let used: ListingPicture | null;
let online: boolean;
let fetched: string[];
let answer: (picture: ListingPicture) => Promise<Result<DrawAnswer, NotDrawn>>;
let drawnIds: number;
let watched: Watched<OutputOf<typeof listingPicture>>;
let files = 0;
const shelf = createFileShelf(() => `file-${(files += 1)}`);

const pictureOf = (id: RecordId): ListingPicture => ({
  ...{ id, listingId, number: 1, mimeType: "image/png", sizeBytes: 3, by: "model", model: "Painter" },
  drawnAt: "2026-11-22T10:00:00.000Z",
});
const origin = { requestId: "request-1", by: "model", model: "Painter", instead: null } as const;

const ask: AskPictures = {
  draw: ({ id }) => answer(pictureOf(id)),
  usedPicture: async () => (online ? ok({ picture: used }) : err(unreachable)),
  async putPicture(_listing, id) {
    if (!online) return err(unreachable);
    used = id && pictureOf(id);
    return ok({ picture: used });
  },
  async pictureFile(id) {
    fetched.push(id);
    return online ? ok(Buffer.from(id)) : err(unreachable);
  },
};

beforeEach(async () => {
  [used, online, fetched, drawnIds] = [null, true, [], 0];
  answer = async (picture) => ok({ ...origin, picture });
  replica = await createFakeReplica();
  await replica.seed("listings", [someListing()]);
  folder = await mkdtemp(join(tmpdir(), "ringside-pictures-"));
  await open();
});
afterEach(async () => {
  watched.stop();
  await pictures.close();
  await replica.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  pictures = await openListingPictures({
    ...{ ask, reads: replica.reads, shelf, folder, onTrouble: (cause) => expect.fail(String(cause)) },
    newId: () => `picture-${(drawnIds += 1)}` as RecordId,
  });
  watched = watch<typeof listingPicture>(pictures.handlers.listingPicture, { listingId });
}
async function reopen(): Promise<void> {
  watched.stop();
  await pictures.close();
  await open();
}

const shows = (what: object) =>
  vi.waitFor(() => expect(watched.last()).toMatchObject(what), { timeout: 30_000 });
const draw = () => pictures.handlers.drawPicture({ listingId });
const put = (id: string | null) => pictures.handlers.putPicture({ listingId, id: id as RecordId | null });
async function read(id: string): Promise<string> {
  const file = await pictures.handlers.fetchPicture({ listingId, id: id as RecordId });
  if (!file.ok) return file.error.message;
  const piece = await shelf.readFile({ fileId: file.value.fileId, offset: 0 });
  return piece.ok ? Buffer.from(piece.value.base64, "base64").toString() : piece.error.message;
}

test("what is drawn is shown, used, gone back from, and taken away", async () => {
  await shows({ used: null, drawn: null, drawing: false });
  await draw();
  await shows({ drawing: false, drawn: { id: "picture-1", model: "Painter", why: "" } });
  expect(await read("picture-1")).toBe("picture-1");
  expect(await put("picture-1")).toEqual(ok({ before: null }));
  await shows({ used: { id: "picture-1" }, drawn: null });
  await draw();
  await shows({ used: { id: "picture-1" }, drawn: { id: "picture-2" } });
  expect(await put("picture-2")).toEqual(ok({ before: "picture-1" }));
  await shows({ used: { id: "picture-2" } });
  expect(await put("picture-1")).toEqual(ok({ before: "picture-2" }));
  await shows({ used: { id: "picture-1" }, drawn: { id: "picture-2" } });
  await put(null);
  await shows({ used: null });
});

test("one is drawn at a time, and a listing that is not here has none", async () => {
  let finish = () => {};
  answer = (picture) => new Promise((resolve) => (finish = () => resolve(ok({ ...origin, picture }))));
  await Promise.all([draw(), draw()]);
  await shows({ drawing: true });
  await draw();
  finish();
  await shows({ drawing: false, drawn: { id: "picture-1" } });
  expect(drawnIds).toBe(1);
  const gone = await pictures.handlers.drawPicture({ listingId: "listing-9" as RecordId });
  expect(gone).toMatchObject({ ok: false, error: { code: "not-found" } });
});

test("a card instead of a picture says why, and what was not drawn at all does, too", async () => {
  const instead = { code: "limited", message: "The budget is used up." } as const;
  answer = async (picture) =>
    ok({ requestId: "r", by: "rules", model: "", instead, picture: { ...picture, by: "rules", model: "" } });
  await draw();
  await shows({ drawn: { by: "rules", why: "The budget is used up." }, trouble: "" });
  answer = async () => err(offline);
  await draw();
  await shows({ drawing: false, drawn: { id: "picture-1" }, trouble: unreachable });
});

test("what a server does not draw becomes no card of this computer's: it is said why", async () => {
  const why = "You have asked for six in this minute.";
  answer = async () => err({ why, unreachable: false });
  await draw();
  await shows({ drawing: false, drawn: null, trouble: why });
  expect(await readdir(folder)).not.toContain("pictures");
});

test("without a server a listing that has no picture gets a card by rules, to show and not to keep", async () => {
  const askedFor: string[] = [];
  answer = async ({ id }) => {
    askedFor.push(id);
    return err(offline);
  };
  await draw();
  const card = { by: "rules", model: "", why: unreachable, onlyHere: true };
  await shows({ drawing: false, trouble: "", used: null, drawn: { ...card, id: "picture-2", number: 1 } });
  const first = await read("picture-2");
  expect(first).toContain("Not a likeness.");
  expect(await put("picture-2")).toMatchObject({ ok: false, error: { code: "offline" } });
  await draw();
  await shows({ drawing: false, drawn: { ...card, id: "picture-4", number: 2 } });
  expect(await read("picture-4")).not.toBe(first);
  expect([fetched, askedFor]).toEqual([[], ["picture-1", "picture-3"]]);
  answer = async (picture) => ok({ ...origin, picture });
  await draw();
  await shows({ drawing: false, drawn: { id: "picture-5", by: "model", onlyHere: false } });
  await put("picture-5");
  answer = async () => err(offline);
  await draw();
  await shows({ drawing: false, trouble: unreachable, used: { id: "picture-5" }, drawn: null });
});

test("without a server the picture that a listing had is still there, and nothing is changed", async () => {
  await draw();
  await shows({ drawn: { id: "picture-1" } });
  await put("picture-1");
  await read("picture-1");
  online = false;
  await reopen();
  await shows({ used: { id: "picture-1", model: "Painter" } });
  expect(await read("picture-1")).toBe("picture-1");
  expect(fetched).toEqual(["picture-1"]);
  const refused = await put(null);
  expect(refused).toMatchObject({ ok: false, error: { code: "offline" } });
  expect(refused.ok ? "" : refused.error.message).toContain("Nothing was changed.");
  await shows({ used: { id: "picture-1" } });
});

test("what a colleague put there is seen by whoever looks, and what nobody uses leaves this computer", async () => {
  await draw();
  await shows({ drawn: { id: "picture-1" } });
  await read("picture-1");
  used = pictureOf("theirs" as RecordId);
  await reopen();
  await shows({ used: { id: "theirs" }, drawn: null });
  expect(await readdir(join(folder, "pictures"))).toEqual([]);
  await read("theirs");
  await replica.receive("listings", [{ id: listingId, record: null }]);
  await shows({ used: null });
  await vi.waitFor(async () => expect(await readdir(join(folder, "pictures"))).toEqual([]), {
    timeout: 30_000,
  });
});
