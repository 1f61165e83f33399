import type { StreamVerb, TranscriptionVerb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import type { Call } from "../model.ts";

/** Things that listen to a call while its TwiML goes on: transcriptions and streams, by call and name. */
const attached = new WeakMap<Call, Map<string, string>>();

export function startTranscription(core: Core, call: Call, verb: TranscriptionVerb): void {
  const transcriptionSid = core.newSid("GT");
  attach(call, `transcription:${verb.name ?? ""}`, transcriptionSid);
  const statusCallback = core.program.resolveCallback(call, verb.statusCallback);
  core.emit({ effect: "transcribe", transcriptionSid, callSid: call.sid, verb: { ...verb, statusCallback } });
  core.program.next(call);
}

export function stopTranscription(core: Core, call: Call, name: string | null): void {
  const transcriptionSid = detach(call, `transcription:${name ?? ""}`);
  if (transcriptionSid) core.emit({ effect: "transcribe-stop", transcriptionSid });
  core.program.next(call);
}

export function startStream(core: Core, call: Call, verb: StreamVerb): void {
  attachStream(core, call, verb);
  core.program.next(call);
}

export function stopStream(core: Core, call: Call, name: string | null): void {
  const streamSid = detach(call, `stream:${name ?? ""}`);
  if (streamSid) core.emit({ effect: "stream-stop", streamSid });
  core.program.next(call);
}

/** <Connect><Stream>: the far end of the WebSocket is who the caller talks to, until it closes. */
export function runConnectStream(core: Core, call: Call, verb: StreamVerb): void {
  const streamSid = attachStream(core, call, verb);
  core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "stream", streamSid } });
  call.activity = {
    name: "stream",
    stop: () => core.emit({ effect: "stream-stop", streamSid }),
    // A stream that has closed is told as what was played to its end.
    played: (id) => {
      if (id !== streamSid) return;
      call.activity = null;
      core.program.report(call, verb.action.url ? { ...verb.action, url: verb.action.url } : null, {});
    },
  };
}

function attachStream(core: Core, call: Call, verb: StreamVerb): string {
  const streamSid = core.newSid("MZ");
  attach(call, `stream:${verb.name ?? ""}`, streamSid);
  const statusCallback = core.program.resolveCallback(call, verb.statusCallback);
  core.emit({ effect: "stream", streamSid, callSid: call.sid, verb: { ...verb, statusCallback } });
  return streamSid;
}

function attach(call: Call, key: string, sid: string): void {
  const all = attached.get(call) ?? new Map<string, string>();
  attached.set(call, all.set(key, sid));
}

function detach(call: Call, key: string): string | undefined {
  const sid = attached.get(call)?.get(key);
  attached.get(call)?.delete(key);
  return sid;
}
