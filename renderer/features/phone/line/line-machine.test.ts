import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineState } from "../../../../shared/calls/phone.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import { nextLine, showLine, type Line, type LineEffect, type LineEvent } from "./line-machine.ts";

const start = Date.parse("2026-11-21T09:00:00.000Z");
const access = (hours: number, provider: "twilio" | "simulator" = "twilio"): LineAccess => ({
  provider,
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

const away = { type: "access-refused", code: "offline", message: "The server cannot be reached." } as const;
const worn = { type: "failed", code: "access", message: "AccessTokenExpired" } as const;
const whatItDoes = (effects: LineEffect[]) => effects.map((effect) => effect.do);

/** The server is back; the call goes on, and ends. */
function expectAnewAfterTheCall(line: ReturnType<typeof openLine>): void {
  expect(whatItDoes(line.tell({ type: "access", access: access(2) }))).toEqual(["update-access"]);
  line.tell({ type: "started" });
  expect(line.shown()).toBe("ready");
  line.talk(false);
  expect(whatItDoes(line.tell({ type: "call-over" }))).toEqual(["wait", "ask-access"]);
  const effects = line.tell({ type: "access", access: access(2) });
  expect(whatItDoes(effects)).toEqual(["stop-device", "start-device"]);
  line.tell({ type: "started" });
  expect(whatItDoes(line.tell({ type: "call-over" }))).toEqual([]);
}

test.each(["due", "look-again"] as const)(
  "a call outlives its access while the server is away: it goes on, and the line is renewed (%s)",
  (type) => {
    const line = openLine();
    register(line);
    line.talk(true);
    line.pass(3_600_000);
    expect(line.tell(worn)).toContainEqual({ do: "ask-access" });
    expect(whatItDoes(line.tell(away))).toEqual(["wait"]);
    expect(line.shown()).toBe("trouble");
    line.tell({ type });
    expect(whatItDoes(line.tell(away))).toEqual(["wait"]);
    expect(line.tell({ type })).toContainEqual({ do: "ask-access" });
    expectAnewAfterTheCall(line);
  },
);

test.each(["network", "access"] as const)(
  "fresh access that cannot be brought to the carrier in mid-call ends no call (%s)",
  (code) => {
    const line = openLine();
    register(line);
    line.talk(true);
    line.tell(worn);
    line.tell({ type: "access", access: access(2) });
    const failed = line.tell({ type: "start-failed", code, message: "The carrier does not answer." });
    expect(whatItDoes(failed)).toEqual(["wait"]);
    expect(line.shown()).toBe("trouble");
    expect(line.tell({ type: "due" })).toContainEqual({ do: "ask-access" });
    expectAnewAfterTheCall(line);
  },
);

test("a call that ends while its line cannot be renewed, or is being renewed, has the device started anew", () => {
  const line = openLine();
  register(line);
  line.talk(true);
  line.pass(3_600_000);
  line.tell(worn);
  line.tell(away);
  line.talk(false);
  expect(line.tell({ type: "call-over" })).toContainEqual({ do: "ask-access" });
  line.talk(true);
  line.tell({ type: "access", access: access(2) });
  line.talk(false);
  line.tell({ type: "call-over" });
  expect(line.tell({ type: "started" })).toContainEqual({ do: "ask-access" });
  const effects = line.tell({ type: "access", access: access(2) });
  expect(whatItDoes(effects)).toEqual(["stop-device", "start-device"]);
});

test("another carrier's line waits for the end of the call", () => {
  const line = openLine();
  register(line);
  line.talk(true);
  line.tell(worn);
  expect(line.tell({ type: "access", access: access(2, "simulator") })).toEqual([]);
  line.talk(false);
  expect(line.tell({ type: "call-over" })).toContainEqual({ do: "ask-access" });
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
      { type: "access", access: access(1, "simulator") },
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
          if (before.state === "asking" && line.line().state !== "asking") open = false;
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

  test("no call is hung up on by a line that looks for its way back", () => {
    const step = fc.oneof(event, fc.constantFrom("talk" as const, "hang up" as const, "an hour" as const));
    let outlived = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: "max" }), (story) => {
        const line = openLine();
        register(line);
        line.talk(true);
        let talks = true;
        for (const happened of story) {
          if (happened === "an hour") line.pass(3_600_000);
          else if (happened === "talk") talks ||= line.shown() === "ready";
          else if (happened === "hang up") talks = false;
          else {
            const stops = line.tell(happened).some((effect) => effect.do === "stop-device");
            if (happened.type === "unwanted") talks = false;
            expect(talks && stops).toBe(false);
            if (talks && line.shown() === "trouble") outlived += 1;
          }
          line.talk(talks);
        }
      }),
      { numRuns: 500 },
    );
    expect(outlived).toBeGreaterThan(100);
  });
});
