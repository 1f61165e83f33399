import { existsSync } from "node:fs";
import { readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { schemas } from "../../shared/entities/collections.ts";
import { rowsOf, type Database } from "../../sync-server/database/index.ts";
import { recordingFile } from "../../sync-server/telephony/recordings.ts";
import { importRecordings, type ImportNews } from "../../sync-server/telephony/imports/import-recordings.ts";
import { undoImport } from "../../sync-server/telephony/imports/undo-import.ts";
import { loudness, twoSides, wavOf, writeFiles } from "../recordings/made-up.ts";
import { zipOf } from "../recordings/zip-of.ts";
import { importArchiveSuite } from "./import-archive-suite.ts";
import { plain, stageImports, tenantId, vtt } from "./stage-imports.ts";

const corpus = join(import.meta.dirname, "../../../shared/data/harper-valley");
const fixtures = join(import.meta.dirname, "../recordings");

/** Recordings that come in by the folder and by the archive, on one kind of database. */
export function importSuite(open: () => Promise<Database>): void {
  const stage = stageImports(open);
  const { run, deps, path } = stage;

  async function bring(dir: string, agent: string | null = "ana") {
    const begun = await importRecordings(deps(), { tenantId, dir, agent });
    if (!begun.ok) return { began: begun.error, ones: [], importId: "", ended: null };
    const news: ImportNews[] = [];
    for await (const one of begun.value) news.push(one);
    return {
      began: "",
      ones: news.filter((one) => one.news === "one"),
      importId: news.flatMap((one) => (one.news === "began" ? [one.importId] : []))[0] ?? "",
      ended: news.at(-1) as Extract<ImportNews, { news: "ended" }>,
    };
  }

  function read(table: "calls" | "segments" | "insights", callId: string) {
    const by = table === "calls" ? sql`id` : sql`doc->>'callId'`;
    return run((tx) =>
      rowsOf<{ doc: Record<string, unknown>; deleted: boolean }>(
        tx,
        sql`SELECT doc, deleted FROM ${sql.identifier(table)} WHERE tenant_id = ${tenantId} AND ${by} = ${callId} ORDER BY id`,
      ),
    );
  }

  describe("the plain form", () => {
    test("a recording with its transcript becomes a call that can be read, heard and reported on", async () => {
      await writeFiles(path(), { "in/one.wav": wavOf(twoSides, { rate: 44_100 }), "in/one.json": plain() });
      const { ones } = await bring(path("in"), null);
      expect(ones).toMatchObject([{ did: "taken", name: "one" }]);
      const callId = ones[0]?.did === "taken" ? ones[0].callId : "";
      const [call] = await read("calls", callId);
      expect(schemas.calls.parse(call?.doc)).toMatchObject({
        ...{ agentId: "ana", teamId: "north", direction: "outbound", to: "+13125550147", line: null },
        ...{ startedAt: "2026-10-01T09:00:00.000Z", endedAt: "2026-10-01T09:00:02.000Z" },
      });
      const said = (await read("segments", callId)).map(({ doc }) => schemas.segments.parse(doc));
      expect(said.map(({ speaker, text, startMs, timing }) => [speaker, text, startMs, timing])).toEqual([
        ["agent", "Good morning.", 0, [0, 400, 400, 500]],
        ["customer", "The  rent is too high.", 1_000, []],
      ]);
      const wav = await readFile(
        recordingFile(deps().recordingsDir, tenantId, String(call?.doc["recording"])),
      );
      const [first, second] = loudness(wav);
      expect(first?.[0]).toBeGreaterThan(0.2);
      expect(second?.[1]).toBeGreaterThan(0.2);
      expect([first?.[1], second?.[0]]).toEqual([0, 0]);
      const jobs = await run((tx) => rowsOf(tx, sql`SELECT 1 FROM jobs WHERE kind = 'call.report' AND key = ${callId}`)); // prettier-ignore
      expect(jobs).toHaveLength(1);
    });

    test("Opus and MP3 beside WebVTT are heard as well", async () => {
      for (const ending of ["opus", "mp3"]) {
        const sound = await readFile(join(fixtures, `two-channels.${ending}`));
        await writeFiles(path(), { [`in/${ending}.${ending}`]: sound, [`in/${ending}.vtt`]: vtt });
      }
      const { ones, ended } = await bring(path("in"), null);
      expect(ended).toMatchObject({ taken: 2, failed: 0 });
      // An encoder may begin some milliseconds late.
      for (const one of ones) {
        const callId = one.did === "taken" ? one.callId : "";
        const wav = await readFile(recordingFile(deps().recordingsDir, tenantId, `${callId}-import`));
        const [first, second] = loudness(wav);
        expect(
          [first?.[0], second?.[1]].every((level = 0) => level > 0.2),
          one.name,
        ).toBe(true);
        expect(
          [first?.[1], second?.[0]].every((level = 1) => level < 0.1),
          one.name,
        ).toBe(true);
      }
    });

    test("what is broken is told by its name, and the others come in all the same", async () => {
      const wav = wavOf(twoSides);
      await writeFiles(path(), {
        "in/a-mono.wav": wavOf(twoSides.slice(0, 1)),
        "in/a-mono.json": plain(),
        "in/b-alone.wav": wav,
        "in/c-ragged.wav": wav,
        "in/c-ragged.json": plain().slice(0, 60),
        "in/d-nobody.wav": wav,
        "in/d-nobody.json": plain({ agent: "eve@elsewhere.example" }),
        "in/e-cut.wav": wav.subarray(0, 3_000),
        "in/e-cut.json": plain(),
        "in/f-noise.mp3": Buffer.alloc(5_000, "noise"),
        "in/f-noise.json": plain(),
        "in/g-cut.opus": (await readFile(join(fixtures, "two-channels.opus"))).subarray(0, 40),
        "in/g-cut.json": plain(),
        "in/h-silent.wav": wav,
        "in/h-silent.json": plain({ turns: [] }),
        "in/i-times.wav": wav,
        "in/i-times.json": plain({ turns: [{ speaker: "agent", startMs: -5, endMs: 1e99, text: "x" }] }),
        "in/j-three.wav": wavOf([...twoSides, ...twoSides.slice(0, 1)]),
        "in/j-three.json": plain(),
        "in/k-24-bit.wav": Buffer.concat([wav.subarray(0, 34), Buffer.from([24, 0]), wav.subarray(36)]),
        "in/k-24-bit.json": plain(),
        "in/l-good.wav": wav,
        "in/l-good.vtt": vtt,
        "in/m-huge.wav": wav,
        "in/m-huge.json": plain(),
        "in/notes.txt": "not a recording",
      });
      await truncate(path("in/m-huge.json"), 40_000_000);
      const { ones, ended } = await bring(path("in"), null);
      const whys = ones.map((one) => `${one.name.slice(0, 1)}: ${one.did === "failed" ? one.why : one.did}`);
      expect(whys).toEqual([
        expect.stringContaining("has 1 channel"),
        expect.stringContaining("has not all of its files"),
        expect.stringContaining("has a transcript of another form"),
        expect.stringContaining("eve@elsewhere.example"),
        expect.stringContaining("is cut off"),
        expect.stringContaining("is no MP3"),
        expect.stringContaining("holds no sound"),
        expect.stringContaining("without a word"),
        expect.stringContaining("turns.0."),
        expect.stringContaining("has 3 channels"),
        expect.stringContaining("16-bit PCM"),
        "l: taken",
        expect.stringContaining("more than 32 MB"),
      ]);
      expect(ended).toMatchObject({ taken: 1, failed: 12 });
    });

    test("a recording comes in once, whatever its name and however often; another tenant has its own", async () => {
      const files = { "in/one.wav": wavOf(twoSides, { seconds: 3 }), "in/one.vtt": vtt };
      await writeFiles(path(), {
        ...files,
        "in/copies/two.wav": files["in/one.wav"],
        "in/copies/two.vtt": vtt,
      });
      expect((await bring(path("in"))).ended).toMatchObject({ taken: 1, known: 1 });
      expect((await bring(path("in"))).ended).toMatchObject({ taken: 0, known: 2 });
      const strangers = await run((tx) => rowsOf(tx, sql`SELECT 1 FROM imported_recordings`), "other");
      expect(strangers).toEqual([]);
    });

    test("one that was broken off goes on as the same import, and is undone whole", async () => {
      const sounds = [1, 2, 4].map((seconds) => wavOf(twoSides, { seconds }));
      await writeFiles(path(), Object.fromEntries(sounds.flatMap((wav, at) => [[`in/${at}.wav`, wav], [`in/${at}.vtt`, vtt]]))); // prettier-ignore
      const begun = await importRecordings(deps(), { tenantId, dir: path("in"), agent: "ana" });
      if (!begun.ok) expect.fail(begun.error);
      const broken = begun.value;
      const { value: first } = await broken.next();
      await broken.next();
      await broken.return(undefined);
      const { importId, ones, ended } = await bring(path("in"));
      expect(first).toMatchObject({ importId });
      expect(ended).toMatchObject({ taken: 2, known: 1 });
      const callId = ones[1]?.did === "taken" ? ones[1].callId : "";
      expect(await undoImport(deps(), tenantId, importId)).toEqual({ ok: true, value: 3 });
      expect(await read("calls", callId)).toMatchObject([{ deleted: true }]);
      expect(JSON.stringify(await read("segments", callId))).not.toContain("Good morning");
      expect(existsSync(recordingFile(deps().recordingsDir, tenantId, `${callId}-import`))).toBe(false);
      expect(await undoImport(deps(), tenantId, importId)).toEqual({ ok: true, value: 0 });
      expect(await undoImport(deps(), "other", importId)).toMatchObject({ ok: false });
      const told = await run((tx) => rowsOf<{ action: string }>(tx, sql`SELECT action FROM audit_log WHERE subject = ${`recording-imports/${importId}`} ORDER BY id`)); // prettier-ignore
      expect(told.map(({ action }) => action)).toEqual(["recordings.import", "recordings.remove", "recordings.remove"]); // prettier-ignore
      expect((await bring(path("in"))).ended).toMatchObject({ taken: 3 });
      expect(await read("calls", callId)).toMatchObject([{ deleted: false }]);
    });

    test("an archive is unpacked and taken as its folder; one that leads elsewhere or is damaged is not", async () => {
      const files = { "calls/one.wav": wavOf(twoSides, { seconds: 5 }), "calls/one.vtt": vtt, "__MACOSX/calls/._one.wav": "x" }; // prettier-ignore
      await writeFiles(path(), {
        "good.zip": zipOf(files),
        "out.zip": zipOf({ ...files, "../out.wav": "x" }),
        "cut.zip": zipOf(files).subarray(300),
        "no.zip": "no archive",
      });
      const { ones, ended } = await bring(path("good.zip"));
      expect([ones.map(({ name }) => name), ended]).toMatchObject([["one"], { taken: 1, failed: 0 }]);
      expect((await bring(path("good.zip"))).ended).toMatchObject({ taken: 0, known: 1 });
      for (const name of ["out", "cut", "no"])
        expect((await bring(path(`${name}.zip`))).began, name).toMatch(/is no ZIP|cannot be unpacked/u);
      expect(existsSync(path("../out.wav"))).toBe(false);
    });

    test("what cannot begin says why", async () => {
      await writeFiles(path(), { "in/one.wav": wavOf(twoSides) });
      expect((await bring(path("nowhere"))).began).toContain("is no folder");
      expect((await bring(path("in"), "eve")).began).toContain("Nobody of northgate");
      await writeFiles(path(), { "empty/readme.txt": "" });
      expect((await bring(path("empty"))).began).toContain("no recording");
      const wish = { tenantId: "nobody", dir: path(), agent: null };
      expect(await importRecordings(deps(), wish)).toMatchObject({ ok: false });
    });
  });

  importArchiveSuite(stage);

  const told = existsSync(corpus) ? "" : ` (skipped: ${corpus} is absent)`;
  describe.skipIf(told !== "")(`the layout of the Harper Valley corpus${told}`, () => {
    test("stands on the clock that both channels share, also where the agent's file begins late", async () => {
      const { ones, ended } = await bring(corpus);
      expect(ended).toMatchObject({ taken: 3, failed: 0 });
      const late = ones.find(({ name }) => name === "eb82ec7b5f0944ca");
      const callId = late?.did === "taken" ? late.callId : "";
      const transcript = JSON.parse(await readFile(join(corpus, "transcript/eb82ec7b5f0944ca.json"), "utf8")) as { speaker_role: string; offset_ms: number; duration_ms: number }[]; // prettier-ignore
      const said = await read("segments", callId);
      const starts = said.map(({ doc }) => [doc["speaker"], doc["startMs"]]);
      const expected = transcript.map(({ speaker_role, offset_ms }) => [speaker_role === "agent" ? "agent" : "customer", offset_ms]); // prettier-ignore
      expect(expected).toEqual(expect.arrayContaining(starts));
      const wav = await readFile(recordingFile(deps().recordingsDir, tenantId, `${callId}-import`));
      // The agent's file begins 2,030 ms late: where they speak by the transcript, the left channel is loud.
      const agent = transcript.filter(({ speaker_role }) => speaker_role === "agent");
      const spoken = agent.map(({ offset_ms, duration_ms }) =>
        levelOf(wav, offset_ms, offset_ms + duration_ms),
      );
      expect(Math.max(...silenceBefore(wav, 2_030))).toBe(0);
      expect(Math.min(...spoken)).toBeGreaterThan(0.005);
    });
  });
}

function levelOf(wav: Buffer, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let at = 44 + fromMs * 32; at < 44 + toMs * 32; at += 4) sum += (wav.readInt16LE(at) / 32_768) ** 2;
  return Math.sqrt(sum / ((toMs - fromMs) * 8));
}

function silenceBefore(wav: Buffer, ms: number): number[] {
  return Array.from({ length: ms * 8 - 8 }, (_, frame) => Math.abs(wav.readInt16LE(44 + frame * 4)));
}
