import { sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import type { StreamDown } from "../../shared/sync/wire.ts";
import { inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { removeRecords } from "../../sync-server/sync/index.ts";
import { createTestDevice, type TestStream } from "../server/test-device.ts";
import { people, testTenant, type PersonName } from "../server/test-identities.ts";
import type { FakeLeg } from "./fake-line.ts";
import { useLineStage } from "./use-line-stage.ts";

type SaidMessage = Extract<StreamDown, { type: "said" }>;
type Words = {
  text: string;
  seq: number;
  final?: boolean;
  track?: string;
  startedAt?: string;
  timing?: number[];
};

/** What is said in a call on its way to desks and into the database, on one kind of database. */
export function transcriptSuite(open: () => Promise<Database>): void {
  const at = useLineStage(open, { logs: true });
  const { soon, talk, untilRings } = at;
  let streams: TestStream[] = [];
  afterEach(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    streams = [];
  });

  async function listen(who: PersonName, node = at.stage.server): Promise<TestStream> {
    const desk = createTestDevice({ url: node.url, identities: at.stage.identities }, people[who]);
    const stream = await desk.listen();
    streams.push(stream);
    await stream.welcomed();
    return stream;
  }
  const saidTo = ({ messages }: TestStream) =>
    messages.filter((one): one is SaidMessage => one.type === "said");
  const heardBy = (stream: TestStream) => saidTo(stream).flatMap(({ utterances }) => utterances);
  const textsOf = (stream: TestStream) => heardBy(stream).map(({ text }) => text);

  function transcribe({ sid }: FakeLeg, words: Words, node = at.stage.server): Promise<Response> {
    const { text, seq, final = false, track = "inbound_track", ...times } = words;
    const fields = {
      ...{ CallSid: sid, TranscriptionSid: "GT0001", TranscriptionEvent: "transcription-content" },
      ...{ SequenceId: String(seq), Track: track, Final: String(final) },
      Timestamp: new Date().toISOString(),
      TranscriptionData: JSON.stringify({ transcript: text, ...times }),
    };
    return at.stage.post("/transcription", fields, undefined, node);
  }
  const segments = async () => {
    const rows = await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
      rowsOf<{ doc: Utterance }>(tx, sql`SELECT doc FROM segments ORDER BY doc->>'startMs', id`),
    );
    return rows.map(({ doc }) => doc);
  };

  test("a guess reaches the agent's desk as it is made, then what was heard for good, which is kept under the same name", async () => {
    const { caller, callId } = await talk();
    const [ana, ben] = [await listen("ana"), await listen("ben")];
    expect((await transcribe(caller, { text: "I look", seq: 2 })).status).toBe(204);
    await soon(() => textsOf(ana)).toEqual(["I look"]);
    expect(await segments()).toEqual([]);
    await transcribe(caller, { text: "I look for a desk.", seq: 3, final: true });
    await soon(() => textsOf(ana)).toEqual(["I look", "I look for a desk."]);
    const [guess, final] = heardBy(ana);
    expect(guess).toMatchObject({ speaker: "customer", final: false });
    expect(final).toMatchObject({ id: guess?.id, speaker: "customer", final: true, startMs: guess?.startMs });
    const [kept] = await segments();
    const { revision: _revision, final: _final, ...asTold } = final as Utterance;
    expect(kept).toMatchObject({ ...asTold, callId });
    await transcribe(caller, { text: "Good", seq: 4, track: "outbound_track" });
    await soon(() => heardBy(ana).at(-1)).toMatchObject({ text: "Good", speaker: "agent" });
    expect(saidTo(ben)).toEqual([]);
  });

  test("whoever listens hears it, from when they came until they leave", async () => {
    const { caller, callId } = await talk();
    const max = await listen("max");
    await transcribe(caller, { text: "Before.", seq: 2, final: true });
    await soon(async () => (await segments()).length).toBe(1);
    await at.stage.control("max", callId, { do: "monitor", role: "listen" });
    const listener = await untilRings("max");
    at.stage.fake.answer(listener);
    await soon(async () => (await at.lineNow())?.parties).toMatchObject([{ role: "listen" }]);
    await transcribe(caller, { text: "While", seq: 3 });
    await soon(() => textsOf(max)).toEqual(["While"]);
    at.stage.fake.end(listener, "completed");
    await soon(async () => (await at.lineNow())?.parties).toEqual([]);
    await transcribe(caller, { text: "While and after.", seq: 4, final: true });
    await soon(async () => (await segments()).length).toBe(2);
    expect(textsOf(max)).toEqual(["While"]);
  });

  test("what comes late, doubled and shuffled is kept once each, and no guess stays", async () => {
    const { caller } = await talk();
    const ana = await listen("ana");
    await transcribe(caller, { text: "second", seq: 5 });
    await transcribe(caller, { text: "Second.", seq: 6, final: true });
    await soon(async () => (await segments()).length).toBe(1);
    await transcribe(caller, { text: "first", seq: 2 });
    await transcribe(caller, { text: "First.", seq: 3, final: true });
    await transcribe(caller, { text: "Second.", seq: 6, final: true });
    await transcribe(caller, { text: "Third.", seq: 9, final: true });
    await soon(async () => (await segments()).map(({ text }) => text).toSorted()).toEqual(["First.", "Second.", "Third."]); // prettier-ignore
    await soon(() => heardBy(ana).filter(({ final }) => final).length).toBe(3);
    const newest = new Map(heardBy(ana).map((one) => [one.id, one]));
    expect([...newest.values()].every(({ final, text }) => final || text === "")).toBe(true);
  });

  test("nothing is kept of what is said once the call was deleted: its words would outlive it", async () => {
    const { caller, callId } = await talk();
    const ana = await listen("ana");
    await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
      removeRecords(tx, testTenant, "calls", [callId], { now: new Date().toISOString() }),
    );
    await transcribe(caller, { text: "Still here.", seq: 2, final: true });
    await soon(() => textsOf(ana)).toEqual(["Still here."]);
    expect(await segments()).toEqual([]);
  });

  test.each([
    ["given", ["I would rather."]],
    ["refused", []],
  ] as const)(
    "nothing is heard or kept before they have answered, and after “%s” as they wished, whatever carriers tell",
    async (answer, kept) => {
      const { caller, callId } = await at.talkToBerlin();
      expect(caller.listened).toBe(false);
      const ana = await listen("ana");
      const finals = () => heardBy(ana).flatMap(({ final, text }) => (final ? [text] : []));
      await transcribe(caller, { text: "Rather", seq: 2 });
      await transcribe(caller, { text: "Rather before.", seq: 3, final: true });
      await soon(finals).toEqual([""]);
      expect((await at.stage.control("ana", callId, { do: "consent", answer })).status).toBe(204);
      await soon(() => caller.listened).toBe(answer === "given");
      await transcribe(caller, { text: "I would", seq: 4 });
      await transcribe(caller, { text: "I would rather.", seq: 5, final: true });
      await soon(finals).toEqual(["", kept[0] ?? ""]);
      expect((await segments()).map(({ text }) => text)).toEqual(kept);
      expect(textsOf(ana).join(" ")).not.toContain("Rather");
      expect(textsOf(ana).join(" ").includes("would")).toBe(answer === "given");
      const stored = await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
        rowsOf(tx, sql`SELECT 1 FROM webhook_inbox WHERE notice::text ILIKE '%rather%'`),
      );
      expect(stored).toHaveLength(kept.length);
    },
  );

  /** Somebody from where the law wants a clear yes is there, and has not answered. */
  async function askIn(callId: string): Promise<void> {
    const target = { kind: "number", number: "+493023125012" };
    await at.stage.control("ana", callId, { do: "add-party", partyId: "p1", target });
    const third = () => at.stage.fake.legs().find(({ to }) => to.kind === "number");
    await soon(() => third()?.status).toBe("ringing");
    at.stage.fake.answer(third() as FakeLeg);
    await soon(async () => (await at.lineNow())?.consent).toBe("needed");
  }

  test("what was written down before somebody came who refused stays, and nothing is heard or kept after it", async () => {
    const { caller, callId } = await talk();
    expect(caller.listened).toBe(true);
    const ana = await listen("ana");
    await transcribe(caller, { text: "Before.", seq: 2, final: true });
    await soon(() => textsOf(ana)).toEqual(["Before."]);
    await askIn(callId);
    expect((await at.stage.control("ana", callId, { do: "consent", answer: "refused" })).status).toBe(204);
    await soon(() => caller.listened).toBe(false);
    await transcribe(caller, { text: "I would", seq: 3 });
    await transcribe(caller, { text: "I would rather not.", seq: 4, final: true });
    await soon(() => textsOf(ana)).toEqual(["Before.", ""]);
    expect((await segments()).map(({ text }) => text)).toEqual(["Before."]);
  });

  test("what was said before somebody came who had to agree, or after all had, is kept however late it is told, and nothing of what was begun in between", async () => {
    const { caller, callId } = await talk();
    const ana = await listen("ana");
    const startedAt = () => new Date().toISOString();
    const times = { final: true, timing: [0, 1] };
    const before = { text: "Before.", seq: 2, startedAt: startedAt(), ...times };
    await askIn(callId);
    const between = { text: "In between.", seq: 3, startedAt: startedAt(), ...times };
    const across = { text: "It went on.", seq: 4, startedAt: startedAt(), final: true };
    expect((await at.stage.control("ana", callId, { do: "consent", answer: "given" })).status).toBe(204);
    const after = { text: "After.", seq: 5, startedAt: startedAt(), ...times };
    for (const words of [before, between, across, after]) await transcribe(caller, words);
    await soon(() => textsOf(ana)).toEqual(["Before.", "", "", "After."]);
    expect((await segments()).map(({ text }) => text).toSorted()).toEqual(["After.", "Before."]);
  });

  test("a carrier that refuses to write down what they agreed to is told of in the log, without what is secret", async () => {
    const { callId } = await at.talkToBerlin();
    at.stage.fake.state.refusesListening = true;
    expect((await at.stage.control("ana", callId, { do: "consent", answer: "given" })).status).toBe(204);
    const warning = () => at.stage.lines.find((line) => line.includes("the carrier does not write down"));
    await soon(warning).toContain(callId);
    expect(warning()).not.toMatch(/\+49|wss?:/u);
  });

  test("words have the times that whoever heard them tells, on the call's clock", async () => {
    const { caller } = await talk();
    const startedAt = new Date(Date.now() + 50).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await transcribe(caller, { text: "two words", seq: 2, final: true, startedAt, timing: [0, 10, 20, 15] });
    await soon(async () => (await segments())[0]).toMatchObject({ timing: [0, 10, 20, 15] });
    const [kept] = await segments();
    expect((kept?.endMs ?? 0) - (kept?.startMs ?? 0)).toBe(35);
  });

  test("desks hear that nothing more is written down", async () => {
    const { caller } = await talk();
    const ana = await listen("ana");
    await at.stage.post("/transcription", { CallSid: caller.sid, TranscriptionSid: "GT0001", TranscriptionEvent: "transcription-error", SequenceId: "4", Timestamp: new Date().toISOString() }); // prettier-ignore
    await soon(() => saidTo(ana)).toMatchObject([{ stopped: true, utterances: [] }]);
  });

  test("a long monologue reaches desks without the times of its words, and is kept with them", async () => {
    const { caller } = await talk();
    const ana = await listen("ana");
    const words = Array.from({ length: 900 }, (_, index) => `w${index}`);
    const timing = words.flatMap((_, index) => [index * 400, 300]);
    const startedAt = new Date().toISOString();
    await transcribe(caller, { text: words.join(" "), seq: 2, final: true, startedAt, timing });
    await soon(() => heardBy(ana)).toMatchObject([{ text: words.join(" "), timing: [] }]);
    expect((await segments())[0]?.timing).toEqual(timing);
  });

  test("nothing of what was said stands in the log, whatever goes wrong", async () => {
    const { caller } = await talk();
    const ana = await listen("ana");
    const secret = "my card number is four";
    const stranger = { ...caller, sid: "CAunknown" };
    for (const leg of [caller, stranger]) {
      await transcribe(leg, { text: secret, seq: 2 });
      await transcribe(leg, { text: `${secret}\0\ud800`, seq: 3, final: true, timing: [-1] });
    }
    await transcribe(caller, { text: secret, seq: 0 });
    await soon(() => heardBy(ana).some(({ final }) => final)).toBe(true);
    expect(at.stage.lines.length).toBeGreaterThan(0);
    expect(at.stage.lines.join("")).not.toContain("card number");
  });
}

/** Two servers on one PostgreSQL. */
export function transcriptNodesSuite(open: () => Promise<Database>): void {
  const at = useLineStage(open);
  const { soon, talk } = at;

  test("a desk hears what another node is told, guesses and finals, and one name is one utterance", async () => {
    const { caller } = await talk();
    const other = await at.stage.openNode();
    const listenAt = async ({ url }: { url: string }) => {
      const stream = await createTestDevice({ url, identities: at.stage.identities }, people.ana).listen();
      await stream.welcomed();
      return stream;
    };
    const [here, there] = [await listenAt(at.stage.server), await listenAt(other)];
    const say = (seq: number, text: string, final: boolean, node = at.stage.server) =>
      at.stage.post("/transcription", { CallSid: caller.sid, TranscriptionSid: "GT0001", TranscriptionEvent: "transcription-content", SequenceId: String(seq), Track: "inbound_track", Final: String(final), Timestamp: new Date().toISOString(), TranscriptionData: JSON.stringify({ transcript: text }) }, undefined, node); // prettier-ignore
    const heardAt = ({ messages }: TestStream) =>
      messages.flatMap((one) => (one.type === "said" ? one.utterances : [])).map(({ id, text }) => [id.split(":").at(-1), text]); // prettier-ignore
    const heard = () => heardAt(there);
    await say(2, "One", false);
    await soon(heard).toEqual([["0", "One"]]);
    await say(3, "One.", true, other);
    await soon(heard).toContainEqual(["0", "One."]);
    // The node that is told the next has heard of it as well: it would go on with the name that is used up.
    await soon(() => heardAt(here)).toContainEqual(["0", "One."]);
    await say(4, "Two", false);
    await soon(heard).toContainEqual(["3", "Two"]);
    await say(5, "Two.", true);
    await soon(heard).toEqual([["0", "One"], ["0", "One."], ["3", "Two"], ["3", "Two."]]); // prettier-ignore
    await Promise.all([here.close(), there.close()]);
  });
}
