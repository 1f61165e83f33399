import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineState } from "../../../../shared/calls/phone.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import { nextLine, showLine, type Line, type LineEffect, type LineEvent } from "./line-machine.ts";

const start = Date.parse("2026-11-21T09:00:00.000Z");
const access = (hours: number): LineAccess => ({
  provider: "twilio",
  token: "token",
  expiresAt: new Date(start + hours * 3_600_000).toISOString(),
  identity: "ana",
  signalling: null,
  edge: null,
});

function openLine() {
  let line: Line = { state: "off" };
  let nowMs = start;
  let inCall = false;
  return {
    tell(event: LineEvent): LineEffect[] {
      const step = nextLine(line, event, { nowMs, inCall, random: () => 0.5 });
      line = step.line;
      return step.effects;
    },
    line: () => line,
    shown: () => showLine(line).state,
    pass: (ms: number) => void (nowMs += ms),
    talk: (on: boolean) => void (inCall = on),
  };
}

function register(line: ReturnType<typeof openLine>, hours = 1): void {
  line.tell({ type: "wanted" });
  line.tell({ type: "access", access: access(hours) });
  line.tell({ type: "started" });
}

test("asks for access, starts the device and renews half a minute before access ends", () => {
  const line = openLine();
  expect(line.tell({ type: "wanted" })).toContainEqual({ do: "ask-access" });
  expect(line.tell({ type: "access", access: access(1) }).map((effect) => effect.do)).toContain(
    "start-device",
  );
  expect(line.tell({ type: "started" })).toEqual([{ do: "wait", delayMs: 3_600_000 - 30_000 }]);
  expect(line.shown()).toBe("ready");
  expect(line.tell({ type: "due" })).toContainEqual({ do: "ask-access" });
  expect(line.shown()).toBe("ready");
  expect(line.tell({ type: "access", access: access(2) }).map((effect) => effect.do)).toEqual([
    "update-access",
  ]);
});

test("pain: a token update in mid-call drops a second of audio: it waits for the end of the call", () => {
  const line = openLine();
  register(line);
  line.talk(true);
  expect(line.tell({ type: "access-ends" })).toEqual([]);
  expect(line.tell({ type: "due" })).toEqual([]);
  line.talk(false);
  expect(line.tell({ type: "call-over" })).toContainEqual({ do: "ask-access" });
});

test("pain: the token expired in sleep, and what wakes up races for a new one: it is asked for once", () => {
  const line = openLine();
  register(line);
  line.pass(5 * 3_600_000);
  const effects = [
    ...line.tell({ type: "down" }),
    ...line.tell({ type: "look-again" }),
    ...line.tell({ type: "access-ends" }),
    ...line.tell({ type: "failed", code: "access", message: "AccessTokenInvalid" }),
    ...line.tell({ type: "due" }),
    ...line.tell({ type: "look-again" }),
  ];
  expect(effects.filter((effect) => effect.do === "ask-access")).toHaveLength(1);
});

test("an access that is refused once more is trouble with a growing, jittered wait", () => {
  const line = openLine();
  line.tell({ type: "wanted" });
  line.tell({ type: "access", access: access(1) });
  const refused = { type: "start-failed", code: "access", message: "No." } as const;
  expect(line.tell(refused)).toContainEqual({ do: "ask-access" });
  line.tell({ type: "access", access: access(1) });
  const delays = [2, 3, 4].map(() => {
    const wait = line.tell(refused).find((effect) => effect.do === "wait");
    line.tell({ type: "due" });
    line.tell({ type: "access", access: access(1) });
    return wait?.do === "wait" ? wait.delayMs : null;
  });
  expect(delays).toEqual([1_500, 3_000, 6_000]);
});

test("the server down in mid-call: the line stays as it is while its access is good", () => {
  const line = openLine();
  register(line);
  line.tell({ type: "access-ends" });
  line.tell({ type: "access-refused", code: "offline", message: "The server cannot be reached." });
  expect(line.shown()).toBe("ready");
  expect(line.tell({ type: "due" })).toContainEqual({ do: "ask-access" });
});

test("pain: no re-register after network loss: a device that does not find its way back is started anew", () => {
  const line = openLine();
  register(line);
  line.tell({ type: "down" });
  expect(line.shown()).toBe("reconnecting");
  line.talk(true);
  expect(line.tell({ type: "due" }).map((effect) => effect.do)).toEqual(["wait"]);
  line.talk(false);
  expect(line.tell({ type: "due" }).map((effect) => effect.do)).toEqual([
    "stop-device",
    "wait",
    "ask-access",
  ]);
});

describe("whatever happens in whatever order", () => {
  const code = fc.constantFrom("access" as const, "network" as const, "refused" as const);
  const event: fc.Arbitrary<LineEvent> = fc.oneof(
    fc.constantFrom<LineEvent>(
      { type: "wanted" },
      { type: "unwanted" },
      { type: "started" },
      { type: "down" },
      { type: "due" },
      { type: "look-again" },
      { type: "call-over" },
      { type: "access-ends" },
      { type: "up", edge: "ashburn" },
      { type: "access", access: access(1) },
      { type: "access-refused", code: "offline", message: "Nobody is there." },
    ),
    fc.record({
      type: fc.constantFrom("start-failed" as const, "failed" as const),
      code,
      message: fc.constant("No."),
    }),
  );

  test("there is one question for access at a time, and a line that is wanted never falls asleep", () => {
    let asked = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 20, maxLength: 80, size: "max" }), (story) => {
        const line = openLine();
        let open = false;
        let waiting = false;
        for (const happened of story) {
          const before = line.line();
          const effects = line.tell(happened);
          if (before.state === "asking" && line.line() !== before) open = false;
          for (const effect of effects) {
            if (effect.do === "ask-access") {
              expect(open).toBe(false);
              open = true;
              asked += 1;
            }
            if (effect.do === "wait") waiting = effect.delayMs !== null;
          }
          if (happened.type === "due") waiting &&= effects.some((effect) => effect.do === "wait");
          LineState.parse(showLine(line.line()));
          if (line.line().state === "trouble") expect(waiting || happened.type === "due").toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(asked).toBeGreaterThan(500);
  });
});
