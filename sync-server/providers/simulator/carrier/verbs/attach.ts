import type { StreamVerb, TranscriptionVerb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import type { Call } from "../model.ts";

// What listens to a call while its TwiML goes on, by name. A call has few of them, and they end with it.
const transcriptions = new WeakMap<Call, Map<string, string>>();
const streams = new WeakMap<Call, Map<string, string>>();

/** Begins to tell what is said on a call. Answers the transcription's SID. */
export function attachTranscription(core: Core, call: Call, verb: TranscriptionVerb): string {
  const transcriptionSid = core.newSid("GT");
  remember(transcriptions, call, verb.name, transcriptionSid);
  const statusCallback = core.program.resolveCallback(call, verb.statusCallback);
  core.emit({ effect: "transcribe", transcriptionSid, callSid: call.sid, verb: { ...verb, statusCallback } });
  return transcriptionSid;
}

/** Ends a transcription, by its SID or its name. Answers its SID, or undefined where there is none. */
export function detachTranscription(core: Core, call: Call, nameOrSid: string): string | undefined {
  const transcriptionSid = forget(transcriptions, call, nameOrSid);
  if (transcriptionSid) core.emit({ effect: "transcribe-stop", transcriptionSid });
  return transcriptionSid;
}

/** Begins to send a call's sound. Answers the stream's SID. */
export function attachStream(core: Core, call: Call, verb: StreamVerb): string {
  const streamSid = core.newSid("MZ");
  remember(streams, call, verb.name, streamSid);
  const statusCallback = core.program.resolveCallback(call, verb.statusCallback);
  core.emit({ effect: "stream", streamSid, callSid: call.sid, verb: { ...verb, statusCallback } });
  return streamSid;
}

/** Ends a stream, by its SID or its name. Answers its SID, or undefined where there is none. */
export function detachStream(core: Core, call: Call, nameOrSid: string): string | undefined {
  const streamSid = forget(streams, call, nameOrSid);
  if (streamSid) core.emit({ effect: "stream-stop", streamSid });
  return streamSid;
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

function remember(
  all: WeakMap<Call, Map<string, string>>,
  call: Call,
  name: string | null,
  sid: string,
): void {
  all.set(call, (all.get(call) ?? new Map<string, string>()).set(name ?? sid, sid));
}

// TwiML may stop the one that it gave no name.
function forget(all: WeakMap<Call, Map<string, string>>, call: Call, nameOrSid: string): string | undefined {
  const own = all.get(call);
  const [name, sid] =
    [...(own ?? [])].findLast(
      ([key, value]) => key === nameOrSid || value === nameOrSid || nameOrSid === "",
    ) ?? [];
  if (name !== undefined) own?.delete(name);
  return sid;
}
