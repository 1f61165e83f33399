import type { ConferenceNoun, DialVerb } from "../../twiml/verbs.ts";
import { enterConference } from "../conferences.ts";
import type { Core } from "../core.ts";
import type { Call } from "../model.ts";

/** <Dial><Conference>: the call stays until it leaves or the conference ends. */
export function joinConference(core: Core, call: Call, verb: DialVerb, noun: ConferenceNoun): void {
  const entry = {
    ...noun,
    statusCallback: core.program.resolveCallback(call, noun.statusCallback),
    recordingStatusCallback: core.program.resolveCallback(call, noun.recordingStatusCallback),
  };
  const limit = core.after(verb.timeLimitMs, () => core.legs.end(call, "completed"));
  enterConference(core, call, entry, () => {
    limit();
    core.program.report(call, verb.action.url ? { ...verb.action, url: verb.action.url } : null, {
      DialCallStatus: "answered",
    });
  });
}
