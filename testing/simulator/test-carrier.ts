import { createSteppedTime } from "../../sync-server/providers/simulator/time.ts";
import { createCarrier } from "../../sync-server/providers/simulator/carrier/carrier.ts";
import type { Effect } from "../../sync-server/providers/simulator/carrier/effects.ts";
import type { Call } from "../../sync-server/providers/simulator/carrier/model.ts";

type Named<Name extends Effect["effect"]> = Extract<Effect, { effect: Name }>;

/** A carrier whose effects are kept, whose time stands still, and whose TwiML is at hand. */
export function createTestCarrier(documents: Record<string, string>) {
  const time = createSteppedTime(Date.UTC(2026, 0, 1));
  const effects: Effect[] = [];
  let ids = 0;
  const carrier = createCarrier({
    accountSid: `AC${"0".repeat(32)}`,
    publicUrl: () => "http://carrier",
    clock: time.clock,
    timers: time.timers,
    newId: () => (ids++).toString(16).padStart(32, "0"),
    emit: (effect) => {
      effects.push(effect);
      if (effect.effect === "fetch-twiml") answers.push(effect);
    },
  });
  const answers: Named<"fetch-twiml">[] = [];

  const all = <Name extends Effect["effect"]>(name: Name): Named<Name>[] =>
    effects.filter((effect): effect is Named<Name> => effect.effect === name);

  /** Answers all requests for TwiML, and those that come of the answers. */
  const settle = (): void => {
    for (let next = answers.shift(); next; next = answers.shift()) {
      const path = new URL(next.target.url).pathname;
      const body = documents[path];
      const answer =
        body === undefined
          ? ({ ok: false, reason: "11200" } as const)
          : ({ ok: true, body, url: next.target.url } as const);
      carrier.step({ event: "twiml", requestId: next.requestId, answer });
    }
  };

  const begin = (path: string, parts: Partial<Pick<Call, "from" | "to" | "endpoint">> = {}): Call => {
    const callSid = carrier.reserve({
      from: "+14155550100",
      to: "+14155550199",
      endpoint: { kind: "number", number: "+14155550100" },
      callback: { url: "http://app/parent", method: "POST", events: ["answered", "completed"] },
      ...parts,
    });
    carrier.begin(callSid, { url: `http://app${path}`, method: "POST" });
    settle();
    return carrier.core.calls.get(callSid) as Call;
  };

  return {
    carrier,
    effects,
    all,
    begin,
    settle,
    step(ms: number): void {
      time.step?.(ms);
      settle();
    },
    /** The latest leg that was rung. */
    rung: (): Call => all("ring").at(-1)?.call as Call,
    /** What a call was last wired to. */
    wiring: (call: Call) => all("wire").findLast((effect) => effect.callSid === call.sid)?.wiring,
    callbacks: (path: string) =>
      all("callback")
        .filter((effect) => new URL(effect.target.url).pathname === path)
        .map((effect) => effect.params),
    fetches: (path: string) =>
      all("fetch-twiml")
        .filter((effect) => new URL(effect.target.url).pathname === path)
        .map((effect) => effect.params),
    event(call: Call, event: "answered" | "ringing" | "hung-up"): void {
      carrier.step(
        event === "answered" ? { event, callSid: call.sid, answeredBy: null } : { event, callSid: call.sid },
      );
      settle();
    },
    digits(call: Call, digits: string): void {
      for (const digit of digits) carrier.step({ event: "digit", callSid: call.sid, digit });
      settle();
    },
    /** What plays has been played to its end. */
    played(call: Call): void {
      const wiring = all("wire").findLast((effect) => effect.callSid === call.sid)?.wiring;
      if (wiring?.kind !== "play") throw new Error(`nothing plays: ${wiring?.kind}`);
      carrier.step({ event: "played", callSid: call.sid, playId: wiring.playId });
      settle();
    },
  };
}
