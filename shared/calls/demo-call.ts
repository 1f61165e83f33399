import { z } from "zod";

const span = { startMs: z.int().min(0), endMs: z.int().min(1) };

const DemoWord = z.strictObject({ text: z.string().min(1).max(60), ...span });
export type DemoWord = z.infer<typeof DemoWord>;

const DemoTurn = z.strictObject({
  speaker: z.enum(["agent", "customer"]),
  ...span,
  text: z.string().min(1).max(2_000),
  words: z.array(DemoWord).min(1),
});
export type DemoTurn = z.infer<typeof DemoTurn>;

/**
 * A scripted call that the carrier simulator plays: `call.json` in a folder of resources/demo/calls, beside
 * `agent.opus` and `customer.opus`. Both recordings and all times here run on one clock that starts at 0 when the
 * call is answered; every time is in milliseconds.
 */
export const DemoCall = z
  .strictObject({
    version: z.literal(1),
    title: z.string().min(1).max(200),
    purpose: z.enum(["sales", "support", "collections"]),
    /** Who called whom, seen from the desk: it decides who answers with a name. */
    direction: z.enum(["inbound", "outbound"]),
    agent: z.strictObject({ name: z.string().min(1) }),
    customer: z.strictObject({
      name: z.string().min(1),
      phone: z.string().regex(/^\+[1-9]\d{6,14}$/u),
      company: z.string(),
    }),
    /** BCP 47. */
    language: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/u),
    durationMs: z.int().min(1).max(3_600_000),
    /** In the order in which they begin; the two speakers may overlap, one speaker never overlaps itself. */
    turns: z.array(DemoTurn).min(1),
  })
  .superRefine((call, context) => {
    for (const message of misplaced(call)) context.addIssue({ code: "custom", message });
  });
export type DemoCall = z.infer<typeof DemoCall>;

/** What the carrier says by itself: `greetings.json` in resources/demo/greetings; each has `<name>.opus` beside it. */
export const DemoGreetings = z.strictObject({
  version: z.literal(1),
  greetings: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/u),
      /** `voicemail` is somebody's own greeting; the tone after it is the carrier's. */
      kind: z.enum(["voicemail", "consent", "hold", "queue"]),
      language: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/u),
      text: z.string().min(1).max(1_000),
      durationMs: z.int().min(1).max(120_000),
    }),
  ),
});
export type DemoGreetings = z.infer<typeof DemoGreetings>;

type Placed = { durationMs: number; turns: readonly DemoTurn[] };

function misplaced({ durationMs, turns }: Placed): string[] {
  return turns.flatMap((turn, index) => [
    ...(turn.endMs > durationMs ? [`turn ${index} ends after the call`] : []),
    ...(turn.startMs < (turns[index - 1]?.startMs ?? 0)
      ? [`turn ${index} begins before the one above it`]
      : []),
    ...(talksOverItself(turns, index) ? [`turn ${index} begins while its speaker still talks`] : []),
    ...misplacedWords(turn).map((word) => `"${word}" of turn ${index} stands outside its turn or order`),
  ]);
}

function talksOverItself(turns: readonly DemoTurn[], index: number): boolean {
  const turn = turns[index];
  const before = turns.slice(0, index).findLast(({ speaker }) => speaker === turn?.speaker);
  return turn !== undefined && before !== undefined && turn.startMs < before.endMs;
}

function misplacedWords({ startMs, endMs, words }: DemoTurn): string[] {
  const fits = (word: DemoWord, index: number) =>
    word.startMs < word.endMs && word.startMs >= (words[index - 1]?.endMs ?? startMs) && word.endMs <= endMs;
  return words.filter((word, index) => !fits(word, index)).map(({ text }) => text);
}
