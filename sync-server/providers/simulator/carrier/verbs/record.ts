import type { RecordVerb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import { seconds } from "../forms.ts";
import type { Call } from "../model.ts";

/** Records the caller alone, until a key, the longest length or the end of the call (a voicemail). */
export function runRecord(core: Core, call: Call, verb: RecordVerb): void {
  const begin = (): void => {
    const recording = core.recorder.startOnCall(call, {
      channels: 1,
      source: "RecordVerb",
      callback: core.program.resolveCallback(call, verb.statusCallback),
    });
    const finish = (digits: string): void => {
      cancel();
      call.activity = null;
      core.recorder.stop(recording);
      const action = verb.action.url ? { url: verb.action.url, method: verb.action.method } : null;
      core.program.report(call, action, {
        RecordingSid: recording.sid,
        RecordingUrl: core.recorder.urlOf(recording),
        RecordingDuration: String(seconds(core.now() - recording.startedAt)),
        Digits: digits,
      });
    };
    const cancel = core.after(verb.maxLengthMs, () => finish(""));
    call.activity = {
      name: "record",
      stop: () => finish("hangup"),
      digit: (digit) => {
        if (verb.finishOnKey.includes(digit)) finish(digit);
      },
    };
    core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "silence" } });
  };
  if (verb.playBeep) playBeepThen(core, call, begin);
  else begin();
}

function playBeepThen(core: Core, call: Call, then: () => void): void {
  const playId = core.newSid("PL");
  call.activity = {
    name: "beep",
    stop: () => undefined,
    played: (id) => {
      if (id === playId) then();
    },
  };
  const wiring = { kind: "play", playId, source: { what: "beep" }, loop: 1 } as const;
  core.emit({ effect: "wire", callSid: call.sid, wiring });
}
