import { expect, test } from "vitest";
import { layOut, toTurns } from "./lay-out.ts";
import { parseScript } from "./parse-script.ts";
import { sampleRate } from "./speak.ts";

const head = `title: A call
purpose: sales
direction: outbound
language: en-US
agent: Ana Ruiz | voice en-us+f3, speed 168, pitch 52
customer: Maria Kowalski | +13125550147 | Halden Logistics | voice en-us+f2, speed 172, pitch 42`;

/** A call in which every line takes one second. */
function placed(lines: string) {
  const script = parseScript(`${head}\n\n${lines}`);
  const samples = new Int16Array(sampleRate);
  return toTurns(
    layOut(
      script.lines.map((line) => ({
        ...line,
        speech: { samples, words: [{ text: line.text, from: 0, to: sampleRate }] },
      })),
    ),
  ).map(({ text, startMs, endMs }) => [text, startMs, endMs]);
}

test("people answer after a moment, or after the pause that the script asks for", () => {
  expect(placed("A: Hello.\nC: Hi.\nA +900: So.")).toEqual([
    ["Hello.", 320, 1_320],
    ["Hi.", 1_640, 2_640],
    ["So.", 3_540, 4_540],
  ]);
});

test("an interruption begins in the last words of the other", () => {
  expect(placed("A +0: Hello.\nC -300: Hi.")).toEqual([
    ["Hello.", 0, 1_000],
    ["Hi.", 700, 1_700],
  ]);
});

test("what is said while the other talks stands at its own place, and the next line waits for the longer one", () => {
  expect(placed("A +0: Hello.\nC @400: Mm-hm.\nC +100: Yes.")).toEqual([
    ["Hello.", 0, 1_000],
    ["Mm-hm.", 400, 1_400],
    ["Yes.", 1_500, 2_500],
  ]);
});

test.each(["B: Who?", "A:", "A ?300: What?", "A+300: No gap."])("%j is no line of a script", (line) => {
  expect(() => parseScript(`${head}\n\n${line}`)).toThrow("not a line of a script");
});

test("a head without a customer's number is refused", () => {
  const without = head.replace(" | +13125550147", "");
  expect(() => parseScript(`${without}\n\nA: Hello.`)).toThrow("customer needs 4 columns");
});
