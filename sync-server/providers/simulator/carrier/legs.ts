import type { Core, Legs, NewLeg } from "./core.ts";
import { isOver, type Call, type CallStatus } from "./model.ts";
import { describeCall, statusParams } from "./forms.ts";

type StatusEvent = "initiated" | "ringing" | "answered" | "completed";

/** The life of a leg, from its first ring to its last callback. */
export function createLegs(core: Core): Legs {
  const report = (call: Call, event: StatusEvent): void => {
    if (!call.callback?.events.includes(event)) return;
    const params = { ...describeCall(core, call), ...statusParams(core, call) };
    call.sequence += 1;
    core.emit({ effect: "callback", target: call.callback, params });
  };

  const create = (leg: NewLeg): Call => {
    const call: Call = {
      ...leg,
      sid: core.newSid("CA"),
      createdAt: core.now(),
      status: leg.direction === "inbound" ? "ringing" : "queued",
      answeredAt: null,
      endedAt: null,
      answeredBy: null,
      sequence: 0,
      frames: [],
      activity: null,
      dialled: null,
    };
    core.calls.set(call.sid, call);
    return call;
  };

  const ring = (call: Call): void => {
    call.status = "initiated";
    report(call, "initiated");
    core.emit({ effect: "ring", call, endpoint: call.endpoint });
  };

  const answer = (call: Call): void => {
    if (call.status === "in-progress" || isOver(call)) return;
    call.status = "in-progress";
    call.answeredAt = core.now();
    if (call.direction === "inbound") core.emit({ effect: "tell-answered", call });
    report(call, "answered");
  };

  const end = (call: Call, status: CallStatus): void => {
    if (isOver(call)) return;
    const wasRinging = call.answeredAt === null;
    call.status = status;
    call.endedAt = core.now();
    core.program.stop(call);
    core.recorder.stopAll(call.sid);
    core.emit({ effect: "hang-up", call, wasRinging });
    report(call, "completed");
    call.dialled?.ended();
    forgetOldest(core);
  };

  return { create, ring, answer, end, describe: (call) => describeCall(core, call) };
}

/** What the far end of an outgoing leg says: it rings. */
export function noteRinging(core: Core, call: Call): void {
  if (call.status !== "initiated" && call.status !== "queued") return;
  call.status = "ringing";
  if (call.callback?.events.includes("ringing")) {
    const params = { ...describeCall(core, call), ...statusParams(core, call) };
    call.sequence += 1;
    core.emit({ effect: "callback", target: call.callback, params });
  }
  const parent = call.parentSid ? core.calls.get(call.parentSid) : undefined;
  if (parent && parent.answeredAt === null && !isOver(parent))
    core.emit({ effect: "tell-ringing", call: parent });
}

// What is over stays to be asked about, but not for ever. A map keeps the order in which it was filled.
function forgetOldest(core: Core): void {
  const { kept } = core.limits;
  forget(core.calls, kept, isOver);
  forget(core.conferences, kept, (conference) => conference.status === "completed");
  forget(core.recordings, kept, ({ status }) => status === "completed" || status === "absent");
}

function forget<Item>(items: Map<string, Item>, kept: number, mayGo: (item: Item) => boolean): void {
  for (const [sid, item] of items) {
    if (items.size <= kept) return;
    if (mayGo(item)) items.delete(sid);
  }
}
