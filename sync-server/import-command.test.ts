import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../shared/result/ports.ts";
import { twoSides, wavOf, writeFiles } from "../testing/recordings/made-up.ts";
import { createTestIdentities } from "../testing/server/test-identities.ts";
import { readConfig, type ServerConfig } from "./config.ts";
import { askForImport, ControlRefused, openControl } from "./control.ts";
import { inTenant, openDatabase, schema } from "./database/index.ts";
import { CommandFailed, runImport, runUndo } from "./import-command.ts";
import { startServer, type RunningServer } from "./server.ts";
import { saveRecords } from "./sync/index.ts";

const tenantId = "northgate";
const vtt = "WEBVTT\n\n00:00.000 --> 00:00.900\n<v Agent>Good morning\n";
let folder: string;
let config: ServerConfig;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-command-"));
  config = readConfig({ PORT: "0", LOG_LEVEL: "fatal", DATA_DIR: join(folder, "server") });
  const db = await openDatabase(config.database);
  await db.owner.insert(schema.tenants).values({ id: tenantId, name: "Northgate" });
  const ana = { id: "person:ana", kind: "person", order: 0, userId: "ana", name: "Ana", email: "ana@northgate.example", role: "agent", teamIds: [], active: true }; // prettier-ignore
  await inTenant(db, { tenantId }, (tx) => saveRecords(tx, tenantId, "settings", [ana], { now: new Date(systemClock.now()).toISOString() })); // prettier-ignore
  await db.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command's words and whether all came in. */
async function run(command: typeof runImport, ...words: string[]) {
  const said: string[] = [];
  const whole = await command(config, words, (text) => said.push(text));
  return { whole, said, importId: /Import ([\w-]+):/u.exec(said[0] ?? "")?.[1] ?? "" };
}

async function serve(): Promise<{ server: RunningServer; withdraw(): Promise<void> }> {
  let control: Awaited<ReturnType<typeof openControl>> | undefined;
  const server = await startServer(config, async ({ app, db }) => {
    const deps = { db, recordingsDir: join(config.dataDir, "recordings"), now: () => new Date() };
    control = await openControl(app, deps, config.dataDir);
    return { identify: createTestIdentities().identify };
  });
  await control?.publish(server.url);
  return { server, withdraw: async () => control?.withdraw() };
}

test("recordings come in and go out by a command, by itself or through the server that holds the folder", async () => {
  await writeFiles(folder, { "in/one.wav": wavOf(twoSides), "in/one.vtt": vtt, "in/two.wav": wavOf(twoSides) }); // prettier-ignore
  const words = [join(folder, "in"), "--tenant", tenantId, "--agent", "ana@northgate.example"];
  const alone = await run(runImport, ...words);
  expect(alone).toMatchObject({ whole: false });
  expect(alone.said.slice(1)).toEqual(["two has not all of its files.", "1 came in, 0 were here already, 1 could not be read."]); // prettier-ignore

  const { server, withdraw } = await serve();
  expect((await run(runImport, ...words)).said.at(-1)).toContain("0 came in, 1 were here already");
  const undone = await run(runUndo, alone.importId, "--tenant", tenantId);
  expect(undone).toMatchObject({ whole: true, said: ["1 call went, with what was said in them."] });
  await expect(run(runUndo, "none", "--tenant", tenantId)).rejects.toThrow(ControlRefused);
  await expect(run(runImport, join(folder, "nowhere"), "--tenant", tenantId)).rejects.toThrow("is no folder");
  const stranger = await fetch(`${server.url}/control/import-recordings`, { method: "POST", headers: { authorization: "Bearer x" } }); // prettier-ignore
  expect(stranger.status).toBe(403);
  await server.close();
  await withdraw();

  await writeFiles(folder, { "in/two.vtt": vtt });
  expect((await run(runImport, ...words)).said.at(-1)).toContain("1 came in");
});

test.each([
  ["in the middle of its answer", (response: ServerResponse) => void response.socket?.destroy()],
  ["after the recording it was at", (response: ServerResponse) => void response.end()],
])("a server that is stopped %s is said, with what to do", async (_when, stop) => {
  const dying = createServer((_request, response) => {
    response.write('{"news":"began","importId":"1","total":2}\n', () => stop(response));
  });
  await new Promise<void>((listens) => dying.listen(0, "127.0.0.1", listens));
  const { port } = dying.address() as AddressInfo;
  const dataDir = await mkdtemp(join(folder, "dying-"));
  await writeFile(
    join(dataDir, "control.json"),
    JSON.stringify({ url: `http://127.0.0.1:${port}`, token: "x" }),
  );
  const news = await askForImport(dataDir, { tenantId, dir: folder, agent: null });
  const heard: unknown[] = [];
  const listening = (async () => {
    for await (const one of news ?? []) heard.push(one);
  })();
  await expect(listening).rejects.toThrow("goes on where it stopped");
  expect(heard).toHaveLength(1);
  await new Promise((closed) => dying.close(closed));
});

test("what was typed wrong is said", async () => {
  await expect(run(runImport, folder)).rejects.toThrow(CommandFailed);
  await expect(run(runImport, folder, "--tenant", "nobody")).rejects.toThrow("no organisation nobody");
  await expect(run(runUndo, "--tenant", tenantId)).rejects.toThrow("Name the import");
});
