import { expect, test } from "vitest";
import type { Heard, SpeechToText } from "./port.ts";
import { listenToTrack } from "./listen-track.ts";

const loud = new Int16Array(800).fill(8_000);
const silence = new Int16Array(800);
const words = (startMs: number): Heard => ({
  text: "words",
  final: true,
  startMs,
  endMs: startMs + 100,
  timing: [],
});

/** Sound comes in pieces of 100 ms, at the pace of the clock. */
function start() {
  const opened: { wanted: Parameters<SpeechToText["open"]>[0]; samples: number; closed: boolean }[] = [];
  const heard: Heard[] = [];
  const stops: string[] = [];
  let nowMs = 1_000_000;
  const speech: SpeechToText = {
    name: "fake",
    open(wanted) {
      const one = { wanted, samples: 0, closed: false };
      opened.push(one);
      return { hear: (audio) => (one.samples += audio.length), close: () => (one.closed = true) };
    },
  };
  const track = listenToTrack({ speech, sampleRate: 8_000, language: null, clock: { now: () => nowMs }, onHeard: (one) => heard.push(one), onStopped: (why) => stops.push(why) }); // prettier-ignore
  let atMs = 0;
  const play = (audio: Int16Array, ms: number) => {
    for (let played = 0; played < ms; played += 100) {
      track.hear(audio, atMs);
      atMs += 100;
      nowMs += 100;
    }
  };
  return { opened, heard, stops, play, track, skip: (ms: number) => { atMs += ms; nowMs += ms; } }; // prettier-ignore
}

test("a provider that ends is asked again, later each time, and words stand where they were said", () => {
  const { opened, heard, stops, play } = start();
  play(loud, 500);
  opened[0]?.wanted.onHeard(words(200));
  opened[0]?.wanted.onEnd("gone");
  play(loud, 900);
  expect(opened).toHaveLength(1);
  play(loud, 200);
  expect(opened).toHaveLength(2);
  opened[1]?.wanted.onHeard(words(100));
  expect(heard.map(({ startMs }) => startMs)).toEqual([200, 1_600]);
  expect(stops).toEqual(["gone"]);
  // Without a word between, it waits twice as long.
  opened[1]?.wanted.onEnd("gone");
  play(silence, 1_100);
  opened[2]?.wanted.onEnd("gone");
  play(silence, 1_800);
  expect(opened).toHaveLength(3);
  play(silence, 300);
  expect(opened).toHaveLength(4);
});

test("what an ended session says late is not taken for the next one's", () => {
  const { opened, heard, play } = start();
  play(loud, 100);
  opened[0]?.wanted.onEnd("gone");
  play(loud, 1_200);
  opened[0]?.wanted.onHeard(words(0));
  opened[0]?.wanted.onEnd("gone again");
  play(loud, 100);
  expect([heard, opened.length]).toEqual([[], 2]);
});

test("one that says nothing to ten seconds of speech hangs; silence proves nothing", () => {
  const { opened, stops, play } = start();
  play(silence, 60_000);
  play(loud, 9_000);
  expect(stops).toEqual([]);
  opened[0]?.wanted.onHeard(words(0));
  play(loud, 9_900);
  expect(stops).toEqual([]);
  play(loud, 300);
  expect(stops).toEqual(["the provider does not answer"]);
  expect(opened[0]?.closed).toBe(true);
});

test("what the network lost is silence, and a long pause begins anew", () => {
  const { opened, stops, play, skip } = start();
  play(loud, 100);
  skip(400);
  play(loud, 100);
  expect(opened[0]?.samples).toBe(600 * 8);
  skip(10_000);
  play(loud, 100);
  expect(stops).toEqual(["the audio had a gap"]);
});

test("last words come after the end", () => {
  const { opened, heard, play, track } = start();
  play(loud, 300);
  track.close();
  opened[0]?.wanted.onHeard(words(50));
  opened[0]?.wanted.onEnd("closed");
  expect(heard).toHaveLength(1);
  play(loud, 100);
  expect(opened).toHaveLength(1);
});
