import { describe, expect, test } from "vitest";
import {
  phoneOff,
  type PhoneAnswer,
  type PhoneCommand,
  type PhoneState,
} from "../../../shared/calls/phone.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Presence } from "../../../shared/sync/wire.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { followPhone } from "./follow-presence.ts";
import { createPhoneHub } from "./phone-hub.ts";
import { commandOfKey } from "./phone-keys.ts";

const answer: PhoneCommand = { do: "answer", callId: "call-1" as RecordId };
const ready: PhoneState = { ...phoneOff, line: { state: "ready", provider: "simulator", edge: "" } };

function openHub() {
  const time = new VirtualTime(Date.parse("2026-11-21T09:00:00.000Z"));
  let ids = 0;
  const hub = createPhoneHub({ timers: time, newId: () => `ask-${(ids += 1)}` });
  const window = () => {
    const told: Parameters<Parameters<typeof hub.attend>[0]>[0][] = [];
    return { told, leave: hub.attend((inbox) => told.push(inbox)) };
  };
  return { hub, time, window };
}

describe("the hub between the phone and the other windows", () => {
  test("the first window that attends is the phone, others stand by until it goes", () => {
    const { window } = openHub();
    const [first, second] = [window(), window()];
    expect(first.told).toEqual([{ role: "phone", asked: [] }]);
    expect(second.told).toEqual([{ role: "standby" }]);
    first.leave();
    expect(second.told.at(-1)).toEqual({ role: "phone", asked: [] });
  });

  test("without a phone a command is refused at once", async () => {
    const { hub } = openHub();
    expect(await hub.ask(answer)).toMatchObject({ ok: false, error: { code: "no-phone" } });
  });

  test("a command waits for the phone's answer", async () => {
    const { hub, window } = openHub();
    const phone = window();
    const asked = hub.ask(answer);
    expect(phone.told.at(-1)).toEqual({ role: "phone", asked: [{ askId: "ask-1", command: answer }] });
    hub.answer("ask-1", { ok: true });
    hub.answer("ask-1", { ok: true });
    expect(await asked).toEqual({ ok: true });
    expect(phone.told.at(-1)).toEqual({ role: "phone", asked: [] });
  });

  test("a phone that does not answer is given up on, and what it was asked is taken back", async () => {
    const { hub, time, window } = openHub();
    const phone = window();
    let settled: PhoneAnswer | null = null;
    void hub.ask(answer).then((given) => (settled = given));
    await time.pass(21_000);
    expect(settled).toMatchObject({ ok: false, error: { code: "failed" } });
    expect(phone.told.at(-1)).toEqual({ role: "phone", asked: [] });
  });

  test("when the phone window dies its state is off at once, and whoever asked is answered", async () => {
    const { hub, window } = openHub();
    const phone = window();
    hub.publish(ready);
    const asked = hub.ask(answer);
    phone.leave();
    expect(hub.state()).toEqual(phoneOff);
    expect(await asked).toMatchObject({ ok: false, error: { code: "no-phone" } });
    hub.publish(ready);
    expect(hub.state()).toEqual(phoneOff);
  });

  test("what the last phone was asked is not asked of the next one", async () => {
    const { hub, window } = openHub();
    const [first, second] = [window(), window()];
    const asked = [hub.ask(answer), hub.ask({ ...answer, do: "decline" })];
    first.leave();
    expect(await Promise.all(asked)).toMatchObject([{ ok: false }, { ok: false }]);
    expect(second.told.flatMap((inbox) => (inbox.role === "phone" ? inbox.asked : []))).toEqual([]);
  });

  test("pain: a frozen background while the state still says registered", async () => {
    const { hub, time, window } = openHub();
    window();
    hub.publish(ready);
    await time.pass(60_000);
    expect(hub.state().line.state).toBe("ready");
    await time.pass(20_000);
    expect(hub.state().line).toMatchObject({ state: "trouble", code: "frozen" });
    hub.publish(ready);
    expect(hub.state().line.state).toBe("ready");
  });
});

const at = "2026-11-21T09:00:00.000Z";
function withCall(phase: string, more: Record<string, unknown> = {}): PhoneState {
  const call = {
    callId: "call-1",
    call: { direction: "inbound", phase: { phase, since: at } },
    monitoring: null,
  };
  return {
    ...ready,
    calls: [{ ...call, can: ["hang-up"], muted: false, ...more }] as unknown as PhoneState["calls"],
  };
}

describe("presence follows the phone", () => {
  function board(mine: Presence = "available", reason = "") {
    const state = { presence: mine, reason, since: at };
    const setMine = (next: Presence, why = "") => void Object.assign(state, { presence: next, reason: why });
    const presence = { mine: () => ({ ...state }), setMine };
    return { state, presence, tell: followPhone(presence) };
  }

  test("busy in a call, wrap-up after it, then what it was", () => {
    const { state, tell } = board("break");
    const seen = ["ringing", "live", "held", "wrap-up", "ended"].map((phase) => {
      tell(withCall(phase));
      return state.presence;
    });
    expect(seen).toEqual(["break", "busy", "busy", "wrap-up", "break"]);
  });

  test("a break goes on with its reason", () => {
    const { state, tell } = board("break", "lunch");
    tell(withCall("live"));
    expect(state).toMatchObject({ presence: "busy", reason: "" });
    tell(ready);
    expect(state).toMatchObject({ presence: "break", reason: "lunch" });
  });

  test("a person who chose for themselves in the meantime has the last word", () => {
    const { state, presence, tell } = board();
    tell(withCall("live"));
    presence.setMine("offline");
    tell(withCall("wrap-up"));
    tell(ready);
    expect(state.presence).toBe("offline");
    tell(withCall("live"));
    expect(state.presence).toBe("busy");
  });

  test("a call that a colleague answered, shown for a moment, makes nobody busy", () => {
    const { state, tell } = board();
    tell(withCall("live", { can: [] }));
    expect(state.presence).toBe("available");
  });

  test("a dial makes busy once it is permitted", () => {
    const { state, tell } = board();
    const seen = ["new", "dialling", "ringing"].map((phase) => {
      tell(withCall(phase, { call: { direction: "outbound", phase: { phase, since: at } } }));
      return state.presence;
    });
    expect(seen).toEqual(["available", "busy", "busy"]);
  });

  test("listening in on a colleague makes nobody busy", () => {
    const { state, tell } = board();
    tell(withCall("live", { monitoring: "listen" }));
    expect(state.presence).toBe("available");
  });
});

describe("keys that work everywhere", () => {
  test("mean what the phone can do at this moment", () => {
    const ringing = withCall("ringing", { can: ["answer", "decline"] });
    const live = withCall("live", { can: ["hang-up", "mute"], muted: true });
    expect(commandOfKey(ringing, "answer")).toEqual({ do: "answer", callId: "call-1" });
    expect(commandOfKey(ringing, "hang-up")).toEqual({ do: "decline", callId: "call-1" });
    expect(commandOfKey(ringing, "mute")).toBeNull();
    expect(commandOfKey(live, "hang-up")).toEqual({ do: "hang-up", callId: "call-1" });
    expect(commandOfKey(live, "mute")).toEqual({ do: "mute", callId: "call-1", on: false });
    expect(commandOfKey(ready, "answer")).toBeNull();
  });

  test("the button of a notification answers whoever it told of, also while somebody else rings, and nobody else", () => {
    const [older] = withCall("ringing", { can: ["answer", "decline"] }).calls;
    if (!older) throw new Error("nobody rings");
    const both = { ...ready, calls: [{ ...older, callId: "call-2" as RecordId }, older] };
    expect(commandOfKey(both, "answer")).toEqual({ do: "answer", callId: "call-2" });
    expect(commandOfKey(both, "answer", "call.call-1")).toEqual({ do: "answer", callId: "call-1" });
    expect(commandOfKey(both, "answer", "call.call-0")).toBeNull();
  });
});
