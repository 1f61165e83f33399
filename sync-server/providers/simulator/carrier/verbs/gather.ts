import type { GatherVerb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import type { Call, Frame } from "../model.ts";
import type { PlaySource } from "../effects.ts";

/** Collects digits while prompts are played, and for `timeoutMs` after the last of them. */
export function runGather(core: Core, call: Call, verb: GatherVerb): void {
  let digits = "";
  let cancelTimer = (): void => undefined;
  const prompts = verb.prompts.flatMap((prompt) => toPrompt(core, call, prompt));

  const finish = (): void => {
    cancelTimer();
    call.activity = null;
    if (!digits && !verb.actionOnEmptyResult) return core.program.next(call);
    // Without an action the digits go back to the document that asked for them.
    core.program.report(
      call,
      { url: verb.action.url ?? baseOf(call), method: verb.action.method },
      {
        Digits: digits,
        ...(digits ? {} : { FinishedOnKey: "" }),
      },
    );
  };
  const restartTimer = (): void => {
    cancelTimer();
    cancelTimer = core.after(verb.timeoutMs, finish);
  };
  const takeDigit = (digit: string): void => {
    if (digit === verb.finishOnKey) return finish();
    digits += digit;
    core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "silence" } });
    if (digits.length === verb.numDigits) finish();
    else restartTimer();
  };
  const playNext = (): void => {
    const source = prompts.shift();
    const playId = core.newSid("PL");
    call.activity = {
      name: "gather",
      stop: () => cancelTimer(),
      digit: takeDigit,
      played: (id) => {
        if (id === playId && !digits) playNext();
      },
    };
    if (!source) return restartTimer();
    core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "play", playId, source, loop: 1 } });
  };
  playNext();
}

function toPrompt(core: Core, call: Call, verb: GatherVerb["prompts"][number]): PlaySource[] {
  if (verb.verb === "say") return [{ what: "say", text: verb.text }];
  if (verb.verb === "play") return [{ what: "file", url: core.program.resolve(call, verb.url) }];
  return [];
}

function baseOf(call: Call): string {
  return (call.frames.at(-1) as Frame).baseUrl;
}
