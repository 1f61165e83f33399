import { assertNever } from "../../../../../shared/result/result.ts";
import type { Verb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import type { Call, Target } from "../model.ts";
import {
  attachStream,
  attachTranscription,
  detachStream,
  detachTranscription,
  runConnectStream,
} from "./attach.ts";
import { joinConference } from "./conference.ts";
import { runDial } from "./dial.ts";
import { dialQueue, enqueue, leaveQueue } from "./queue.ts";
import { runGather } from "./gather.ts";
import { runPlay, runPause } from "./play.ts";
import { runRecord } from "./record.ts";

/** Does one verb. It calls `core.program.next` when it is done, at once or later. */
export function runVerb(core: Core, call: Call, verb: Verb): void {
  if (!leavesRinging(verb)) core.legs.answer(call);
  switch (verb.verb) {
    case "say":
      return runPlay(core, call, { what: "say", text: verb.text }, verb.loop);
    case "play":
      return runPlay(core, call, playSource(core, call, verb), verb.loop);
    case "pause":
      return runPause(core, call, verb.lengthMs);
    case "hangup":
      return core.legs.end(call, "completed");
    case "reject":
      return core.legs.end(call, verb.reason === "busy" ? "busy" : "no-answer");
    case "redirect":
      return redirect(core, call, verb.target);
    case "leave":
      return leaveQueue(core, call);
    case "enqueue":
      return enqueue(core, call, verb);
    case "dial":
      if (verb.conference) return joinConference(core, call, verb, verb.conference);
      return verb.queue ? dialQueue(core, call, verb, verb.queue) : runDial(core, call, verb);
    case "gather":
      return runGather(core, call, verb);
    case "record":
      return runRecord(core, call, verb);
    case "start-transcription":
      attachTranscription(core, call, verb);
      return core.program.next(call);
    case "stop-transcription":
      detachTranscription(core, call, verb.name ?? "");
      return core.program.next(call);
    case "start-stream":
      attachStream(core, call, verb);
      return core.program.next(call);
    case "stop-stream":
      detachStream(core, call, verb.name ?? "");
      return core.program.next(call);
    case "connect-stream":
      return runConnectStream(core, call, verb);
    default:
      return assertNever(verb);
  }
}

function redirect(core: Core, call: Call, target: Target): void {
  const frame = call.frames.at(-1);
  if (frame?.redirect) frame.redirect(target);
  else core.program.redirect(call, target);
}

// A call that is only refused, sent elsewhere or bridged on answer costs its caller nothing until then.
function leavesRinging(verb: Verb): boolean {
  if (verb.verb === "dial") return verb.answerOnBridge && !verb.conference && !verb.queue;
  return (
    verb.verb === "reject" ||
    verb.verb === "redirect" ||
    verb.verb === "pause" ||
    verb.verb.startsWith("start-") ||
    verb.verb.startsWith("stop-")
  );
}

function playSource(core: Core, call: Call, verb: Extract<Verb, { verb: "play" }>) {
  if (verb.digits) return { what: "digits", digits: verb.digits } as const;
  return { what: "file", url: core.program.resolve(call, verb.url) } as const;
}
