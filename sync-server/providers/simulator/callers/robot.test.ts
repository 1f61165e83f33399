import { expect, test } from "vitest";
import { samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { measureLevel } from "../media/mixer.ts";
import { createRobot, type RobotMode } from "./robot.ts";
import type { Speech } from "./script.ts";
import { toneScript } from "./tone-script.ts";

const silence = new Int16Array(samplesPerFrame);
const loud = new Int16Array(samplesPerFrame).fill(9_000);

async function start(mode: RobotMode) {
  const speeches: Speech[] = [];
  let finished = false;
  let heard = true;
  let cued = Infinity;
  const robot = createRobot({
    script: toneScript,
    speaker: "customer",
    audio: await toneScript.load("customer"),
    mode,
    isHeard: () => heard,
    isCued: (turn) => turn < cued,
    onSpeech: (speech) => speeches.push(speech),
    onFinished: () => (finished = true),
  });
  /** Lets it hear `frame` for so long; says for how long it spoke itself, in ms. */
  const hear = (frame: Int16Array, ms: number): number => {
    let spokeMs = 0;
    for (let at = 0; at < ms; at += 20) {
      const said = robot.read();
      if (said && measureLevel(said) > 0.05) spokeMs += 20;
      robot.write(frame);
    }
    return spokeMs;
  };
  return {
    robot,
    speeches,
    hear,
    isFinished: () => finished,
    leave: (alone: boolean) => (heard = !alone),
    cue: (turns: number) => (cued = turns),
  };
}

test("keeps to the script's own clock when it is to play straight through", async () => {
  const { hear, speeches } = await start("straight");
  expect(hear(silence, 2_500)).toBe(0);
  expect(hear(loud, 3_600)).toBeGreaterThan(3_500);
  expect(speeches.findLast((one) => one.final)?.text).toBe(
    "Hello, I would like to talk about the offer you sent me.",
  );
});

test("begins no turn before it is let, and then at once where its time has come", async () => {
  const { hear, speeches, cue } = await start("straight");
  cue(0);
  expect(hear(silence, 20_000)).toBe(0);
  const first = toneScript.turns.findIndex(({ speaker }) => speaker === "customer");
  cue(first + 1);
  expect(hear(silence, 20_000)).toBeGreaterThan(3_500);
  expect(speeches.filter((one) => one.final).map(({ turn }) => turn)).toEqual([first]);
  cue(Infinity);
  hear(silence, 20_000);
  expect(speeches.filter((one) => one.final)).toHaveLength(2);
});

test("tells each word as it has been spoken, and the turn once as final", async () => {
  const { hear, speeches } = await start("straight");
  hear(silence, 15_000);
  const [first] = speeches;
  expect(first).toMatchObject({ text: "Hello,", final: false, timing: [0, 300] });
  expect(speeches.filter((one) => one.final)).toHaveLength(2);
  expect(speeches.map((one) => one.text.length)).toEqual(
    speeches.map((one) => toneScript.turns[one.turn]?.text.slice(0, one.text.length).length),
  );
});

test("waits until the agent has stopped speaking", async () => {
  const { hear } = await start("waiting");
  expect(hear(loud, 8_000)).toBe(0);
  expect(hear(silence, 600)).toBe(0);
  expect(hear(silence, 1_000)).toBeGreaterThan(0);
});

test("speaks at last when the agent says nothing at all", async () => {
  const { hear } = await start("waiting");
  expect(hear(silence, 5_900)).toBe(0);
  expect(hear(silence, 1_000)).toBeGreaterThan(0);
});

test("has finished when its last turn is over and nothing follows", async () => {
  const { hear, isFinished } = await start("waiting");
  hear(silence, 30_000);
  expect(isFinished()).toBe(true);
});

test("does not hang up on an agent who still speaks", async () => {
  const { hear, isFinished } = await start("straight");
  hear(loud, 60_000);
  expect(isFinished()).toBe(false);
});

test("says nothing while nobody hears it, and goes on where it was", async () => {
  const { hear, leave, speeches } = await start("straight");
  hear(silence, 3_000);
  leave(true);
  const before = speeches.length;
  expect(hear(loud, 60_000)).toBe(0);
  expect(speeches).toHaveLength(before);
  leave(false);
  hear(silence, 3_100);
  expect(speeches.findLast((one) => one.final)?.turn).toBe(1);
});

test("gives up a dead line", async () => {
  const { hear, leave, isFinished } = await start("waiting");
  leave(true);
  hear(silence, 29_900);
  expect(isFinished()).toBe(false);
  hear(silence, 200);
  expect(isFinished()).toBe(true);
});
