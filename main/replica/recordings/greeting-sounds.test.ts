import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { greetingSoundPath } from "../../../shared/calls/greeting-wire.ts";
import type { Greeting } from "../../../shared/entities/setting.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { createFileShelf } from "../files/file-shelf.ts";
import { createGreetingSounds, type GreetingSounds } from "./greeting-sounds.ts";

let replica: FakeReplica;
let root: string;
let server: Server;
let asked: string[];
let status: number;
let sounds: GreetingSounds;
let ids = 0;
const shelf = createFileShelf(() => `file-${(ids += 1)}`);

beforeEach(async () => {
  [asked, status] = [[], 200];
  replica = await createFakeReplica();
  root = await mkdtemp(join(tmpdir(), "ringside-greetings-"));
  server = createServer((request, response) => {
    asked.push(`${request.headers.authorization} ${request.url}`);
    response.writeHead(status).end(`sound ${asked.length}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = join(root, "greetings");
  sounds = createGreetingSounds({ serverUrl, token: "ours", folder, reads: replica.reads, shelf });
});
afterEach(async () => {
  await sounds.close();
  server.close();
  await replica.close();
  await rm(root, { recursive: true, force: true });
});

const at = "2026-05-04T12:00:00.000Z";
const greeting = (more: Partial<Greeting> = {}): Greeting => ({
  ...{ id: "greeting:short" as Greeting["id"], rev: 1, createdAt: at, updatedAt: at, kept: [], order: 1 },
  ...{ kind: "greeting", key: "short", label: "Call me back", use: "drop", text: "Call me back." },
  ...{ sound: "a".repeat(32), archived: false },
  ...more,
});

async function heard(): Promise<string> {
  const fetched = await sounds.fetch("short");
  if (!fetched.ok) throw new Error(fetched.error.message);
  const read = await shelf.readFile({ fileId: fetched.value.fileId, offset: 0 });
  if (!read.ok) throw new Error(read.error.message);
  return Buffer.from(read.value.base64, "base64").toString();
}

test("what is recorded of a greeting is fetched once, and anew where it was recorded anew", async () => {
  await replica.seed("settings", [greeting()]);
  expect(await heard()).toBe("sound 1");
  expect(await heard()).toBe("sound 1");
  expect(asked).toEqual([`Bearer ours ${greetingSoundPath("greeting:short")}`]);
  await replica.seed("settings", [greeting({ sound: "b".repeat(32) })]);
  expect(await heard()).toBe("sound 2");
  await sounds.close();
  expect(await readdir(root), "nothing of it outlives the desk").toEqual([]);
});

test("what nobody recorded, withdrew, or made for callers is not asked for, and why is said", async () => {
  const why = async (more: Partial<Greeting>) => {
    await replica.seed("settings", [greeting(more)]);
    const fetched = await sounds.fetch("short");
    return fetched.ok ? "" : fetched.error.message;
  };
  expect(await why({ sound: "" })).toBe("Nothing is recorded of this greeting.");
  for (const more of [{ archived: true }, { use: "mailbox" as const }])
    expect(await why(more)).toBe("There is no such greeting any more.");
  expect(asked).toEqual([]);
});

test("a server that does not give it, or is away, is said to", async () => {
  await replica.seed("settings", [greeting()]);
  status = 404;
  expect(await sounds.fetch("short")).toMatchObject({ ok: false, error: { code: "no-such-call" } });
  await new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  expect(await sounds.fetch("short")).toMatchObject({ ok: false, error: { code: "offline" } });
});
