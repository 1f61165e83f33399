import { parseTwiml } from "../twiml/parse-twiml.ts";
import type { Verb } from "../twiml/verbs.ts";
import type { Core, Program } from "./core.ts";
import { isOver, type Call, type Frame, type Target } from "./model.ts";

export type TwimlAnswer = { ok: true; body: string; url: string } | { ok: false; reason: string };

export type RunVerb = (core: Core, call: Call, verb: Verb) => void;

// A document may do nothing but redirect to itself: that is a mistake, not a call.
const verbsInASecond = 100;

/** Runs TwiML on calls, verb by verb. A call whose document cannot be had or read fails. */
export function createProgram(core: Core, runVerb: RunVerb) {
  const waiting = new Map<string, { call: Call; take: (answer: TwimlAnswer) => void }>();
  const pace = new WeakMap<Call, { since: number; verbs: number }>();

  const stop = (call: Call): void => {
    leave(call);
    dropFrames(call, 0);
    if (!isOver(call)) core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "silence" } });
    for (const [id, request] of waiting) if (request.call === call) waiting.delete(id);
  };

  const run = (call: Call, frame: Frame): void => {
    call.frames.push(frame);
    next(call);
  };

  const next = (call: Call): void => {
    call.activity = null;
    if (isOver(call)) return;
    const frame = call.frames.at(-1);
    const verb = frame?.verbs[frame.next];
    if (!frame || !verb) return finishFrame(call, frame);
    frame.next += 1;
    if (runsTooFast(call)) core.legs.end(call, "failed");
    else runVerb(core, call, verb);
  };

  const runsTooFast = (call: Call): boolean => {
    const known = pace.get(call);
    const current = known && core.now() - known.since < 1_000 ? known : { since: core.now(), verbs: 0 };
    current.verbs += 1;
    pace.set(call, current);
    return current.verbs > verbsInASecond;
  };

  const finishFrame = (call: Call, frame: Frame | undefined): void => {
    call.frames.pop();
    if (frame?.done) frame.done();
    else core.legs.end(call, "completed");
  };

  const ask = (
    call: Call,
    target: Target,
    params: Record<string, string>,
    then: (answer: TwimlAnswer) => void,
  ): void => {
    const requestId = core.newSid("RQ");
    waiting.set(requestId, { call, take: then });
    const fallback = target.fallbackUrl ? { fallbackUrl: resolve(call, target.fallbackUrl) } : {};
    core.emit({
      effect: "fetch-twiml",
      requestId,
      target: { url: resolve(call, target.url), method: target.method, ...fallback },
      params: { ...core.legs.describe(call), ...params },
    });
  };

  const fetch: Program["fetch"] = (call, target, params, on) =>
    ask(call, target, params, (answer) => {
      const verbs = answer.ok ? parseTwiml(answer.body) : answer;
      if (verbs.ok) on.run(verbs.value);
      else if (on.fail) on.fail();
      else core.legs.end(call, "failed");
    });

  const redirect: Program["redirect"] = (call, target, params = {}) => {
    const absolute = { ...target, url: resolve(call, target.url) };
    stop(call);
    fetch(call, absolute, params, { run: (verbs) => run(call, { verbs, next: 0, baseUrl: absolute.url }) });
  };

  const program: Program = {
    redirect,
    fetch,
    next,
    stop,
    replace(call, twiml, baseUrl) {
      stop(call);
      const verbs = parseTwiml(twiml);
      if (verbs.ok) run(call, { verbs: verbs.value, next: 0, baseUrl });
      else core.legs.end(call, "failed");
    },
    push: run,
    drop(call, frame) {
      const at = call.frames.indexOf(frame);
      if (at < 0) return;
      leave(call);
      dropFrames(call, at);
    },
    report(call, action, params) {
      if (!action) return isOver(call) ? undefined : next(call);
      if (isOver(call)) return ask(call, action, params, () => undefined);
      redirect(call, action, params);
    },
    resolve,
    resolveCallback: (call, callback) => callback && { ...callback, url: resolve(call, callback.url) },
  };

  /** An answer has come; one for a call that has gone elsewhere meanwhile is for nobody. */
  const take = (requestId: string, answer: TwimlAnswer): void => {
    const request = waiting.get(requestId);
    waiting.delete(requestId);
    request?.take(answer);
  };

  return { program, take };
}

function resolve(call: Call, url: string): string {
  const base = call.frames.at(-1)?.baseUrl;
  return base && URL.canParse(url, base) ? new URL(url, base).href : url;
}

function leave(call: Call): void {
  const activity = call.activity;
  call.activity = null;
  activity?.stop();
}

function dropFrames(call: Call, from: number): void {
  for (const frame of call.frames.splice(from).toReversed()) frame.dropped?.();
}
