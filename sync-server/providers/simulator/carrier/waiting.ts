import type { Core } from "./core.ts";
import { isOver, type Call, type Frame, type Target } from "./model.ts";

export interface Waiting {
  /** Ends the waiting without a word to `left`: the call goes on elsewhere. */
  stop(): void;
}

/**
 * Lets a call wait, hearing the TwiML at `target` over and over, or hold music where there is none. A <Redirect> in it
 * leads to other TwiML in the same waiting room.
 * @param left runs when the call is sent elsewhere or ends while it waits
 */
export function startWaiting(
  core: Core,
  call: Call,
  name: string,
  target: Target | null,
  describe: () => Record<string, string>,
  left: () => void,
): Waiting {
  let frame: Frame | null = null;
  let over = false;

  const leave = (): void => {
    if (over) return;
    over = true;
    left();
  };

  const play = (document: Target | null): void => {
    frame = null;
    call.activity = { name, stop: leave };
    core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "hold-music" } });
    if (!document) return;
    core.program.fetch(call, document, describe(), {
      run: (verbs) => {
        // An empty document is as none: it would be asked for without end.
        if (!over && verbs.length > 0) push(document, verbs);
      },
      // Whoever waits has music at least.
      fail: () => undefined,
    });
  };

  const push = (document: Target, verbs: Frame["verbs"]): void => {
    const baseUrl = document.url;
    const redirect = (next: Target): void => {
      const absolute = { ...next, url: core.program.resolve(call, next.url) };
      dropFrame();
      play(absolute);
    };
    frame = { verbs, next: 0, baseUrl, redirect, done: () => play(document), dropped: leave };
    core.program.push(call, frame);
  };

  const dropFrame = (): void => {
    const dropped = frame;
    frame = null;
    if (!dropped) return;
    const wasOver = over;
    over = true;
    core.program.drop(call, dropped);
    over = wasOver;
  };

  play(target);
  return {
    stop() {
      dropFrame();
      over = true;
      if (!isOver(call)) call.activity = null;
    },
  };
}
