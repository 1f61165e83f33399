import type { DialNoun, DialVerb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import { seconds } from "../forms.ts";
import { isOver, type Call, type Endpoint } from "../model.ts";

/** Rings every noun at once; the first that answers is bridged, the others are cancelled. */
export function runDial(core: Core, call: Call, verb: DialVerb): void {
  const legs = verb.nouns.map((noun) => ({ noun, child: createChild(core, call, verb, noun) }));
  const children = legs.map(({ child }) => child);
  let bridged: Call | null = null;
  let over = false;
  let cancelTimer = (): void => undefined;

  const finish = (child: Call | null, status: string): void => {
    if (over) return;
    over = true;
    cancelTimer();
    call.activity = null;
    for (const other of children) core.legs.end(other, other.answeredAt === null ? "canceled" : "completed");
    core.program.report(call, verb.action.url ? { ...verb.action, url: verb.action.url } : null, {
      DialCallStatus: status,
      DialBridged: String(bridged !== null),
      ...(child ? describeChild(core, child) : {}),
    });
  };
  // A dialled leg that is sent elsewhere is no longer ours to end.
  const release = (child: Call): void => {
    if (isOver(child)) return;
    child.dialled = null;
    children.splice(children.indexOf(child), 1);
    finish(child, "completed");
  };
  const bridge = (child: Call): void => {
    bridged = child;
    cancelTimer();
    for (const other of children) if (other !== child) core.legs.end(other, "canceled");
    core.legs.answer(call);
    child.activity = { name: "bridged", stop: () => release(child) };
    wireTogether(core, call, child);
    startRecording(core, call, child, verb);
    cancelTimer = core.after(verb.timeLimitMs, () => finish(child, "completed"));
  };
  const stop = (): void => {
    if (isOver(call)) return finish(bridged, bridged ? "completed" : "canceled");
    over = true;
    cancelTimer();
    for (const child of children) core.legs.end(child, child.answeredAt === null ? "canceled" : "completed");
  };

  for (const { noun, child } of legs) {
    child.dialled = {
      answered: () => whisperThenBridge(core, child, noun.url, () => bridge(child)),
      ended: () => {
        if (bridged === child) finish(child, "completed");
        else if (!bridged && children.every(isOver))
          finish(child, child.answeredAt === null ? child.status : "completed");
      },
    };
  }
  call.activity = {
    name: "dial",
    stop,
    digit: (digit) => {
      if (digit === "*" && verb.hangupOnStar && bridged) finish(bridged, "completed");
    },
  };
  if (children.length === 0) return finish(null, "failed");
  if (call.answeredAt !== null || call.direction === "inbound") {
    core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "ringback" } });
  }
  cancelTimer = core.after(verb.timeoutMs, () => endUnanswered(core, children, finish));
  for (const child of children) if (!over) core.legs.ring(child);
}

/** Lets two legs hear each other. The room is named after the leg that dialled. */
export function wireTogether(core: Core, dialler: Call, other: Call): void {
  const room = `bridge:${dialler.sid}`;
  for (const leg of [dialler, other]) {
    const wiring = { kind: "room", room, muted: false, hold: false, coach: null } as const;
    core.emit({ effect: "wire", callSid: leg.sid, wiring });
  }
}

function endUnanswered(
  core: Core,
  children: Call[],
  finish: (child: Call | null, status: string) => void,
): void {
  for (const child of children) {
    child.dialled = null;
    core.legs.end(child, "no-answer");
  }
  finish(children[0] ?? null, "no-answer");
}

// A noun's url is run on the dialled leg alone before it meets the caller.
function whisperThenBridge(core: Core, child: Call, url: string | null, bridge: () => void): void {
  if (!url) return bridge();
  const parent = child.parentSid ? core.calls.get(child.parentSid) : undefined;
  const absolute = parent ? core.program.resolve(parent, url) : url;
  core.program.fetch(
    child,
    { url: absolute, method: "POST" },
    {},
    {
      run: (verbs) => core.program.push(child, { verbs, next: 0, baseUrl: absolute, done: bridge }),
    },
  );
}

function createChild(core: Core, parent: Call, verb: DialVerb, noun: DialNoun): Call {
  const { endpoint, to } = toEndpoint(noun);
  return core.legs.create({
    parentSid: parent.sid,
    direction: "outbound-dial",
    from: verb.callerId ?? parent.from,
    to,
    endpoint,
    parameters: {},
    callback: core.program.resolveCallback(parent, noun.statusCallback),
    machineDetection: noun.noun === "number" && noun.machineDetection !== null,
    asyncDetection: null,
    detectsMessageEnd: noun.noun === "number" && noun.machineDetection === "DetectMessageEnd",
  });
}

function toEndpoint(noun: DialNoun): { endpoint: Endpoint; to: string } {
  if (noun.noun === "sip") return { endpoint: { kind: "sip", uri: noun.uri }, to: noun.uri };
  if (noun.noun === "number") return { endpoint: { kind: "number", number: noun.number }, to: noun.number };
  const { identity, parameters } = noun;
  return { endpoint: { kind: "client", identity, parameters }, to: `client:${identity}` };
}

function describeChild(core: Core, child: Call): Record<string, string> {
  const talked = child.answeredAt === null ? 0 : (child.endedAt ?? core.now()) - child.answeredAt;
  return { DialCallSid: child.sid, DialCallDuration: String(seconds(talked)) };
}

function startRecording(core: Core, call: Call, child: Call, verb: DialVerb): void {
  if (verb.record === "do-not-record") return;
  const recorded =
    verb.record.startsWith("record-from-ringing") || call.endpoint.kind === "client" ? call : child;
  const callback = core.program.resolveCallback(call, verb.recordingStatusCallback);
  core.recorder.startOnCall(recorded, {
    channels: verb.record.endsWith("dual") ? 2 : 1,
    source: "DialVerb",
    callback,
  });
}
