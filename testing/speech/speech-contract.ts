import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Heard, SpeechSession, SpeechToText } from "../../sync-server/coaching/speech/index.ts";
import type { FakeProvider } from "./fake-provider.ts";

const sampleRate = 8_000;
const frame = 160;
const soon = <T>(read: () => T) => expect.poll(read, { interval: 10 });

/** What every provider of speech-to-text keeps to, over its own wire form. */
export function speechContract(
  name: string,
  start: () => Promise<FakeProvider>,
  create: (options: { baseUrl: string; apiKey: string; model: string }) => SpeechToText,
): void {
  describe(name, () => {
    let provider: FakeProvider;
    beforeEach(async () => {
      provider = await start();
    });
    afterEach(() => provider.close());

    function open(baseUrl = provider.baseUrl) {
      const heard: Heard[] = [];
      const ends: string[] = [];
      const sent = { ms: 0 };
      const session = create({ baseUrl, apiKey: "a key", model: "the-model" }).open({
        sampleRate,
        language: "en-US",
        onHeard: (one) => heard.push(one),
        onSent: (ms) => (sent.ms += ms),
        onEnd: (why) => ends.push(why),
      });
      const finals = () => heard.filter(({ final }) => final);
      return { session, heard, ends, sent, finals };
    }

    test("tells guesses and then what was said for good, each turn where it was spoken", async () => {
      provider.understands("One moment please.", "Two then.");
      const { session, heard, finals } = open();
      play(session, 0, 500);
      play(session, 8_000, 1_000);
      play(session, 0, 1_000);
      await soon(() => finals().length).toBe(1);
      play(session, 8_000, 500);
      play(session, 0, 1_000);
      await soon(() => finals().length).toBe(2);
      expect(finals().map(({ text }) => text)).toEqual(["One moment please.", "Two then."]);
      expect(heard[0]).toMatchObject({ final: false });
      expect("One moment please.".startsWith(heard[0]?.text.trim() ?? "nothing")).toBe(true);
      const [first, second] = finals();
      expect(Math.abs((first?.startMs ?? 0) - 500)).toBeLessThanOrEqual(20);
      expect(Math.abs((second?.startMs ?? 0) - 2_500)).toBeLessThanOrEqual(20);
      expect(second?.endMs).toBeGreaterThan(second?.startMs ?? Number.POSITIVE_INFINITY);
      expect(provider.heard.loudest).toBeGreaterThan(7_000);
      session.close();
    });

    test("tells how much sound has left: what it bills, and no more than that", async () => {
      const { session, sent, finals } = open();
      play(session, 8_000, 1_000);
      play(session, 0, 1_000);
      await soon(() => finals().length).toBe(1);
      await soon(() => provider.heard.samples).toBe((sent.ms * sampleRate) / 1_000);
      expect(sent.ms).toBeGreaterThanOrEqual(1_000);
      session.close();
    });

    test("bills nothing where nobody took anything", async () => {
      provider.failBy("refuses");
      const { session, sent, ends } = open();
      play(session, 8_000, 1_000);
      await soon(() => ends.length).toBe(1);
      expect(sent.ms).toBe(0);
    });

    test("names model, language and key as the provider wants them", async () => {
      const { session, finals } = open();
      play(session, 8_000, 500);
      play(session, 0, 1_000);
      await soon(() => finals().length).toBe(1);
      const [request] = provider.requests;
      expect(request?.authorization).toMatch(/^(?:Bearer|Token) a key$/u);
      const asked = JSON.stringify([request?.path, request?.first]);
      expect(asked).toContain("the-model");
      expect(asked).toMatch(/language[^a-z]+en/u);
      session.close();
    });

    test("tells what is still to be understood when nothing more comes, and ends once", async () => {
      provider.understands("Goodbye.");
      const { session, finals, ends } = open();
      play(session, 8_000, 800);
      session.close();
      await soon(() => finals().map(({ text }) => text)).toEqual(["Goodbye."]);
      await soon(() => ends.length).toBe(1);
    });

    test.each(["refuses", "closes", "error", "nonsense", "wrong-shape"] as const)(
      "ends, and says why without a word of what was said, when the provider %s",
      async (fault) => {
        provider.failBy(fault);
        const { session, ends, heard } = open();
        play(session, 8_000, 1_000);
        play(session, 0, 1_000);
        await soon(() => ends.length).toBe(1);
        expect(ends[0]).toMatch(/^the (?:provider|connection) /u);
        expect(ends[0]).not.toContain("said");
        expect(heard).toEqual([]);
        // Whoever does not know it yet may go on.
        play(session, 8_000, 100);
        session.close();
        expect(ends).toHaveLength(1);
      },
    );

    test("ends where nobody is", async () => {
      await provider.close();
      const { session, ends } = open();
      play(session, 8_000, 100);
      await soon(() => ends.length).toBe(1);
    });

    test("is quiet while the provider hangs: how long to wait is not its to decide", async () => {
      provider.failBy("hangs");
      const { session, ends, heard } = open();
      play(session, 8_000, 1_000);
      await soon(() => provider.requests.length).toBe(1);
      expect([ends, heard]).toEqual([[], []]);
      session.close();
      await soon(() => ends.length).toBe(1);
    });
  });
}

function play(session: SpeechSession, level: number, ms: number): void {
  for (let at = 0; at < ms; at += 20) session.hear(new Int16Array(frame).fill(level));
}
