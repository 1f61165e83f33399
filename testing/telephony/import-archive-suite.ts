import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { rowsOf } from "../../sync-server/database/index.ts";
import { createApp, createRegistry } from "../../sync-server/http/index.ts";
import { importJobs } from "../../sync-server/telephony/imports/import-jobs.ts";
import { addImportRoutes } from "../../sync-server/telephony/imports/import-routes.ts";
import { tidyImports } from "../../sync-server/telephony/imports/tidy-imports.ts";
import { twoSides, wavOf, writeFiles } from "../recordings/made-up.ts";
import { zipOf } from "../recordings/zip-of.ts";
import { createTestIdentities, people } from "../server/test-identities.ts";
import { now, plain, tenantId, vtt, type ImportStage } from "./stage-imports.ts";

/** Recordings that an admin brings in by the archive, on one kind of database. */
export function importArchiveSuite({ run, deps, path }: ImportStage): void {
  describe("an archive through the console", () => {
    const identities = createTestIdentities();
    const admin = identities.signIn(people.admin, { tenantId });
    const importing = () => ({ ...deps(), importsDir: path("imports") });

    /** The API alone, and its work when a test says so. */
    async function open() {
      const app = await createApp({ logLevel: "fatal", trustProxy: false, requestsPerMinute: 1_000 }, createRegistry()); // prettier-ignore
      await addImportRoutes(app, { ...importing(), identify: identities.identify });
      const ask = async (
        method: "GET" | "POST" | "DELETE",
        path: string,
        body?: unknown,
        token = admin.token,
      ) => {
        const archive = Buffer.isBuffer(body) ? { "content-type": "application/zip" } : {};
        const answer = await app.inject({ method, url: `/api/v1/recording-imports${path}`, headers: { authorization: `Bearer ${token}`, ...archive }, ...(body === undefined ? {} : { payload: body as object }) }); // prettier-ignore
        return {
          status: answer.statusCode,
          ...(answer.body === "" ? {} : answer.json<Record<string, unknown>>()),
        };
      };
      return { ask, close: () => app.close() };
    }

    async function work() {
      const handlers = importJobs(importing());
      const due = await run((tx) => rowsOf<{ kind: string; key: string }>(tx, sql`DELETE FROM jobs WHERE kind LIKE 'recordings.%' RETURNING kind, key`)); // prettier-ignore
      for (const { kind, key } of due)
        await handlers[kind]?.run({ tenantId, kind, key, payload: {}, attempt: 1 });
      return due.length;
    }

    test("is looked at, taken when an admin says so, and taken out again", async () => {
      const { ask, close } = await open();
      const wavs = [1, 2, 3].map((seconds) => wavOf(twoSides, { seconds }));
      const files = {
        "calls/named.wav": wavs[0] as Buffer,
        "calls/named.vtt": vtt,
        "calls/nobody.wav": wavs[1] as Buffer,
        "calls/nobody.json": plain({ agent: undefined }),
        "calls/alone.wav": wavs[2] as Buffer,
      };
      const sent = await ask("POST", "?name=October.zip", zipOf(files));
      expect(sent).toMatchObject({ status: 201, source: "October.zip", state: "looking", total: 3 });
      const id = String((sent as { id?: unknown }).id);
      expect(await ask("POST", `/${id}/start`, { agentId: null })).toMatchObject({ status: 409 });
      await work();
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "ready", calls: 0, counts: { ready: 1, unnamed: 1, refused: 1 } }); // prettier-ignore
      expect(await ask("GET", `/${id}/recordings?verdict=refused`)).toMatchObject({ recordings: [{ name: "alone", why: "has not all of its files" }], next: null }); // prettier-ignore
      expect(await ask("POST", `/${id}/start`, { agentId: "eve" })).toMatchObject({ status: 404 });
      expect(await ask("POST", `/${id}/start`, { agentId: "ana" })).toMatchObject({ state: "taking" });
      await work();
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "done", calls: 2, counts: { taken: 2, refused: 1 } }); // prettier-ignore
      const [first, second] = ((await ask("GET", `/${id}/recordings?verdict=taken&limit=1`)) as never as { recordings: unknown[] }).recordings; // prettier-ignore
      expect(first).toMatchObject({ name: "named", call: { agentId: "ana", durationMs: 1_000 } });
      expect(second).toBeUndefined();
      expect(existsSync(join(path("imports"), tenantId, id))).toBe(false);
      expect(await ask("DELETE", `/${id}`)).toMatchObject({ status: 409 });
      expect(await ask("POST", `/${id}/undo`)).toMatchObject({ state: "undoing" });
      let atMs = Date.parse(now);
      const hurried = importJobs({ ...importing(), now: () => new Date((atMs += 10_000)) });
      const job = { tenantId, kind: "recordings.undo", key: id, payload: {}, attempt: 1 };
      expect(await hurried[job.kind]?.run(job), "others' work goes first").toBeInstanceOf(Date);
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "undoing", calls: 2 });
      await work();
      expect(await ask("GET", "")).toMatchObject({ imports: expect.arrayContaining([expect.objectContaining({ id, state: "undone", calls: 0 })]) }); // prettier-ignore
      await close();
    });

    test("a recording that fails time and again is left out, the rest comes in", async () => {
      const { ask, close } = await open();
      const files = Object.fromEntries(
        ["a", "b"].flatMap((name, index) => [
          [`${name}.wav`, wavOf(twoSides, { seconds: 2 + index })],
          [`${name}.vtt`, vtt],
        ]),
      );
      const { id } = (await ask("POST", "?name=Two.zip", zipOf(files))) as { id?: string };
      await work();
      await ask("POST", `/${id}/start`, { agentId: null });
      const take = importJobs(importing())["recordings.take"];
      const job = { tenantId, kind: "recordings.take", key: String(id), payload: {} };
      // No folder can be made where a file is.
      await writeFiles(path(), { kept: "" });
      await expect(take?.run({ ...job, attempt: 19 })).rejects.toThrow();
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "taking", counts: { ready: 2 } });
      expect(await take?.run({ ...job, attempt: 20 })).toBeInstanceOf(Date);
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "taking", counts: { ready: 1, refused: 1 } });
      await rm(path("kept"));
      await work();
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "done", calls: 1, counts: { taken: 1, refused: 1 } }); // prettier-ignore
      expect(await ask("GET", `/${id}/recordings?verdict=refused`)).toMatchObject({ recordings: [{ name: "a", why: expect.stringContaining("time and again") }] }); // prettier-ignore
      await close();
    });

    test("ends where it is gone from the server's disk, and says so", async () => {
      const { ask, close } = await open();
      const files = (seconds: number) => ({ "a.wav": wavOf(twoSides, { seconds }), "a.vtt": vtt });
      const bring = async (name: string, seconds: number) => {
        const { id } = (await ask("POST", `?name=${name}.zip`, zipOf(files(seconds)))) as { id?: string };
        return String(id);
      };
      const gone = [{ why: "is no longer on the server: bring its archive again" }];
      const handlers = importJobs(importing());
      const lookedAt = await bring("Taken", 6);
      await work();
      await ask("POST", `/${lookedAt}/start`, { agentId: null });
      const fresh = await bring("Looked-at", 7);
      await rm(path("imports"), { recursive: true });
      for (const [kind, key, state] of [
        ["recordings.take", lookedAt, "done"],
        ["recordings.look", fresh, "ready"],
      ] as const) {
        // prettier-ignore
        const job = { tenantId, kind, key, payload: {} };
        // A disk may have been away.
        await expect(handlers[kind]?.run({ ...job, attempt: 19 })).rejects.toThrow();
        expect(await handlers[kind]?.run({ ...job, attempt: 20 }), "it is over").toBeUndefined();
        expect(await ask("GET", `/${key}`)).toMatchObject({ state, calls: 0, counts: { ready: 0, unnamed: 0, refused: 1 } }); // prettier-ignore
        expect(await ask("GET", `/${key}/recordings?verdict=refused`)).toMatchObject({ recordings: gone });
      }
      expect(await ask("DELETE", `/${fresh}`)).toMatchObject({ status: 204 });
      await run((tx) => tx.execute(sql`DELETE FROM jobs WHERE kind LIKE 'recordings.%'`));
      await close();
    });

    test("what is missing of it does not keep it from its end", async () => {
      const { ask, close } = await open();
      const sounds = { "a.wav": wavOf(twoSides, { seconds: 8 }), "b.wav": wavOf(twoSides, { seconds: 9 }) };
      const { id } = (await ask("POST", "?name=Two.zip", zipOf({ ...sounds, "a.vtt": vtt, "b.vtt": vtt }))) as { id?: string }; // prettier-ignore
      await work();
      await ask("POST", `/${id}/start`, { agentId: null });
      for (const ending of ["wav", "vtt"])
        await rm(join(path("imports"), tenantId, String(id), `b.${ending}`));
      await work();
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "done", calls: 1, counts: { ready: 0, taken: 1, refused: 1 } }); // prettier-ignore
      await close();
    });

    test("is refused where it is none or empty, or by whoever may not; discarded, nothing of it stays", async () => {
      const { ask, close } = await open();
      expect(await ask("POST", "?name=a.zip", Buffer.from("no archive"))).toMatchObject({ status: 400, error: { message: "a.zip is no ZIP archive." } }); // prettier-ignore
      expect(await ask("POST", "?name=b.zip", zipOf({ "readme.txt": "x" }))).toMatchObject({ error: { message: "There is no recording in b.zip." } }); // prettier-ignore
      const max = identities.signIn(people.max, { tenantId });
      expect(await ask("GET", "", undefined, max.token)).toMatchObject({ status: 403 });
      const { id } = (await ask("POST", "?name=c.zip", zipOf({ "one.wav": wavOf(twoSides) }))) as {
        id?: string;
      };
      const stranger = identities.signIn(people.admin, { tenantId: "other" });
      expect(await ask("DELETE", `/${id}`, undefined, stranger.token)).toMatchObject({ status: 404 });
      const later = (days: number) => new Date(Date.parse(now) + days * 86_400_000);
      await tidyImports({ ...importing(), now: () => later(2) });
      expect(await ask("GET", `/${id}`)).toMatchObject({ state: "looking" });
      expect(await ask("DELETE", `/${id}`)).toMatchObject({ status: 204 });
      expect(await ask("GET", `/${id}`)).toMatchObject({ status: 404 });
      await work();
      expect(await readdir(join(path("imports"), tenantId))).toEqual([]);
      const forgotten = (await ask("POST", "?name=d.zip", zipOf({ "one.wav": wavOf(twoSides) }))) as { id?: string }; // prettier-ignore
      await tidyImports({ ...importing(), now: () => later(8) });
      expect(await ask("GET", `/${forgotten.id}`)).toMatchObject({ status: 404 });
      await close();
    });
  });
}
