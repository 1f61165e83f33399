import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { makeCall } from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { createFileShelf } from "../files/file-shelf.ts";
import { startFetchAhead } from "./fetch-ahead.ts";
import { openRecordings, recordingOf, type Recordings } from "./keep-recordings.ts";

let replica: FakeReplica;
let folder: string;
let server: Server;
let asked: string[];
/** What the server answers with; `hang` never comes to its end. */
let answer: (key: string) => number | "hang";
let recordings: Recordings;
let ahead: { close(): Promise<void> } | null;
let alarms: { delayMs: number; task: () => void }[];
let busy: () => void;
let news: () => void;
let may: boolean;
const sizeBytes = 1_000;

beforeEach(async () => {
  replica = await createFakeReplica();
  folder = await mkdtemp(join(tmpdir(), "ringside-recordings-"));
  [asked, alarms, ahead, may, answer] = [[], [], null, true, () => 200];
  server = createServer((request, response) => {
    const key = decodeURIComponent(request.url?.split("/").at(-1) ?? "");
    asked.push(key);
    const said = answer(key);
    response.writeHead(said === "hang" ? 200 : said);
    if (said === "hang") response.write("RIFF");
    else response.end(Buffer.alloc(sizeBytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  recordings = await open();
});
afterEach(async () => {
  await ahead?.close();
  await recordings.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await replica.close();
  await rm(folder, { recursive: true, force: true });
});

function open(): Promise<Recordings> {
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let ids = 0;
  const shelf = createFileShelf(() => `file-${(ids += 1)}`);
  return openRecordings({ serverUrl, token: "a token", folder, reads: replica.reads, shelf });
}

const callOf = (day: number) =>
  makeCall({
    id: `call-${day}` as RecordId,
    startedAt: `2026-11-0${day}T10:00:00.000Z`,
    answeredAt: null,
    endedAt: null,
    recording: `recording-${day}`,
  });

/** @param limitBytes room for so many */
async function begin(days: readonly number[], limitBytes = 10 * sizeBytes): Promise<void> {
  await replica.seed("calls", days.map(callOf));
  ahead = startFetchAhead({
    ...{ recordings, limitBytes, random: () => 0, onTrouble: (cause) => expect.fail(String(cause)) },
    readWanted: async () => days.flatMap((day) => recordingOf(callOf(day)) ?? []),
    mayFetch: () => may,
    onBusy: (listener) => ((busy = listener), () => {}),
    onNews: (listener) => ((news = listener), () => {}),
    timers: {
      after(delayMs, task) {
        alarms.push({ delayMs, task });
        return () => {};
      },
    },
  });
}

/** Lets the next look begin and end. @returns after how long another one follows */
async function look(): Promise<number> {
  alarms.shift()?.task();
  await vi.waitFor(() => expect(alarms).toHaveLength(1), { timeout: 30_000 });
  return alarms[0]?.delayMs ?? 0;
}

async function lookOften(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await look();
}

const files = async () => (await readdir(folder).catch(() => [])).filter((name) => name !== "kept.json");
const keptKeys = () => recordings.kept().map(({ key }) => key);

test("the newest come first, one at a time, and can be heard when the server is gone and the desk was opened anew", async () => {
  await begin([1, 3, 2]);
  await look();
  expect(asked).toEqual(["recording-3"]);
  await lookOften(3);
  expect(asked).toEqual(["recording-3", "recording-2", "recording-1"]);
  await ahead?.close();
  await recordings.close();
  recordings = await open();
  answer = () => 500;
  expect(recordings.isKept("call-2")).toBe(true);
  expect(await recordings.fetch("call-2")).toMatchObject({ ok: true, value: { sizeBytes } });
  expect(asked).toHaveLength(3);
});

test("nothing is fetched while something else goes on, and a call of one's own ends what is under way", async () => {
  may = false;
  await begin([1]);
  await lookOften(3);
  expect(asked).toEqual([]);
  [may, answer] = [true, () => "hang"];
  alarms.shift()?.task();
  await vi.waitFor(() => expect(asked).toHaveLength(1), { timeout: 30_000 });
  may = false;
  busy();
  await vi.waitFor(() => expect(alarms).toHaveLength(1), { timeout: 30_000 });
  await lookOften(2);
  expect([asked.length, keptKeys(), await files()]).toEqual([1, [], []]);
  [may, answer] = [true, () => 200];
  await look();
  expect(keptKeys()).toEqual(["recording-1"]);
});

test("what fails is tried again later and later; what the server does not have is not asked for again", async () => {
  answer = (key) => (key === "recording-2" ? 404 : 503);
  await begin([1, 2]);
  await look();
  const waits = [await look(), await look(), await look()];
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(new Set(waits).size).toBe(3);
  answer = () => 200;
  await lookOften(2);
  news();
  await look();
  expect(asked.filter((key) => key === "recording-2")).toHaveLength(1);
  expect(keptKeys()).toEqual(["recording-1"]);
});

test("within the limit the oldest that nobody heard goes; what was heard stays, and takes no room", async () => {
  await begin([1, 2], 2 * sizeBytes);
  await lookOften(3);
  await recordings.fetch("call-1");
  await ahead?.close();
  alarms = [];
  await begin([3, 4], 2 * sizeBytes);
  await lookOften(4);
  expect(keptKeys().toSorted()).toEqual(["recording-1", "recording-3", "recording-4"]);
  expect(await files()).toHaveLength(3);
});

test("a recording that is still on its way when its call goes is not kept", async () => {
  let finish = () => {};
  answer = () => "hang";
  server.once("request", (_request, response) => {
    finish = () => void response.end(Buffer.alloc(sizeBytes));
  });
  await begin([1]);
  alarms.shift()?.task();
  await vi.waitFor(() => expect(asked).toHaveLength(1), { timeout: 30_000 });
  await replica.receive("calls", [{ id: "call-1", record: null }]);
  finish();
  await vi.waitFor(() => expect(alarms).toHaveLength(1), { timeout: 30_000 });
  expect([keptKeys(), await files()]).toEqual([[], []]);
});

test("a recording goes with its call, also with one that went while the desk was closed", async () => {
  await begin([1, 2, 3]);
  await lookOften(4);
  await recordings.fetch("call-2");
  await replica.receive("calls", [{ id: "call-2", record: null }]);
  await vi.waitFor(async () => expect(await files()).toHaveLength(2), { timeout: 30_000 });
  await ahead?.close();
  await recordings.close();
  await replica.receive("calls", [{ id: "call-3", record: null }]);
  recordings = await open();
  await recordings.forgetGone();
  expect([keptKeys(), (await files()).length]).toEqual([["recording-1"], 1]);
});

test("a recording that cannot be removed when its call goes is tried again with the next start", async () => {
  await begin([1]);
  await lookOften(2);
  const [file = ""] = await files();
  await rm(join(folder, file));
  // A folder stands for what another program holds open: neither is removed as a file.
  await mkdir(join(folder, file));
  const tried = new Promise<void>((resolve) => void recordings.onChange(resolve));
  await replica.receive("calls", [{ id: "call-1", record: null }]);
  await tried;
  expect([keptKeys(), await files()]).toEqual([["recording-1"], [file]]);
  await rm(join(folder, file), { recursive: true });
  await recordings.forgetGone();
  expect(keptKeys()).toEqual([]);
});
