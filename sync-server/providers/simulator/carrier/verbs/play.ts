import type { Core } from "../core.ts";
import type { PlaySource } from "../effects.ts";
import type { Call } from "../model.ts";

/** Plays something to a call and goes on when it has been heard; `loop` 0 plays on and on. */
export function runPlay(core: Core, call: Call, source: PlaySource, loop: number): void {
  const playId = core.newSid("PL");
  call.activity = {
    name: "play",
    stop: () => undefined,
    played: (id) => {
      if (id === playId) core.program.next(call);
    },
  };
  core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "play", playId, source, loop } });
}

export function runPause(core: Core, call: Call, lengthMs: number): void {
  const cancel = core.after(lengthMs, () => core.program.next(call));
  call.activity = { name: "pause", stop: cancel };
  core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "silence" } });
}
