import type { Timers } from "../../../../shared/result/ports.ts";
import type { Carrier } from "../carrier/carrier.ts";
import type { Call } from "../carrier/model.ts";
import type { Engine } from "../media/engine.ts";
import { openSound, type Sound } from "../media/play-source.ts";
import type { Port } from "../media/port.ts";
import type { Greetings } from "./read-greetings.ts";
import type { Library } from "./library.ts";
import { chooseOutcome, type Outcome } from "./outcomes.ts";
import { createRobot, type RobotMode } from "./robot.ts";
import type { CallScript, Speaker, Speech } from "./script.ts";
import { humScript } from "./tone-script.ts";
import { createVoicemail, type Message } from "./voicemail.ts";

export interface NumbersOptions {
  timers: Timers;
  engine: Engine;
  library: Library;
  greetings: Greetings;
  carrier: () => Carrier;
  /** What was set through the control API, by number. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** @param by whether it was said on that leg, or to it */
  spoke: (callSid: string, speech: Speech, by: "it" | "other") => void;
}

/** Who a number's robot is. */
export interface Cast {
  script: CallScript;
  speaker: Speaker;
  mode: RobotMode;
  stays: boolean;
  /** See {@link Outcome}. */
  readsAlong?: boolean | undefined;
  isCued?: ((turn: number) => boolean) | undefined;
}

export type Numbers = ReturnType<typeof createNumbers>;

const firstRingMs = 50;
const ringsAtMostMs = 90_000;
const voicemailAtMostMs = 120_000;
// How long a carrier listens until it says what it hears, where it does not wait for the end of a greeting.
const recognisedAfterMs = 1_500;
const messagesKept = 50;

/** The telephone network beyond the carrier: numbers that ring and answer, or do not. */
export function createNumbers(options: NumbersOptions) {
  const { timers, engine, library, greetings, carrier, outcomes } = options;
  const callers = new Map<string, Cast>();
  const cancels = new Map<string, (() => void)[]>();
  const messages: Message[] = [];

  const later = (callSid: string, ms: number, task: () => void): void => {
    cancels.set(callSid, [...(cancels.get(callSid) ?? []), timers.after(ms, task)]);
  };

  const hangUp = (callSid: string): void => carrier().step({ event: "hung-up", callSid });

  const connectRobot = async (callSid: string, cast: Cast): Promise<void> => {
    const audio = await library.load(cast.script, cast.speaker);
    if (!cancels.has(callSid)) return;
    const isHeard = () => engine.isHeard(callSid) || isRecorded(callSid);
    const robot = createRobot({
      ...cast,
      audio,
      isHeard,
      onSpeech: (speech) => options.spoke(callSid, speech, "it"),
      onFinished: () => {
        if (!cast.stays) hangUp(callSid);
      },
    });
    engine.connect(callSid, cast.readsAlong ? readAlong(robot, callSid, cast, isHeard) : robot);
  };

  // The other part of the script, without a sound, at the times at which a person would read it.
  const readAlong = (
    robot: Port,
    callSid: string,
    { script, speaker, isCued }: Cast,
    isHeard: () => boolean,
  ): Port => {
    const prompter = createRobot({
      ...{ script, isHeard, isCued, audio: new Int16Array(0), mode: "straight", onFinished() {} },
      speaker: speaker === "customer" ? "agent" : "customer",
      onSpeech: (speech) => options.spoke(callSid, speech, "other"),
    });
    return {
      ...robot,
      read() {
        prompter.read();
        return robot.read();
      },
    };
  };

  // A message that is being left has a listener to come.
  const isRecorded = (callSid: string): boolean =>
    carrier().core.calls.get(callSid)?.activity?.name === "record";

  const answer = (call: Call, answeredBy: string | null, port?: Port): void => {
    if (port) engine.connect(call.sid, port);
    carrier().step({ event: "answered", callSid: call.sid, answeredBy });
  };

  const detected = (callSid: string, answeredBy: string): void =>
    carrier().step({ event: "detected", callSid, answeredBy });

  const answerAsPerson = (call: Call, outcome: Extract<Outcome, { kind: "answers" }>): void => {
    const script = outcome.lines ? humScript(outcome.lines) : scriptFor(call, outcome.script);
    answer(call, call.machineDetection && !call.asyncDetection ? "human" : null);
    if (call.asyncDetection) later(call.sid, recognisedAfterMs, () => detected(call.sid, "human"));
    const { mode, stays, readsAlong } = outcome;
    // Asked anew for each turn: a test lets somebody talk on when it has seen what came of the last one.
    const isCued = (turn: number) => {
      const now = outcomes.get(call.to);
      return now?.kind !== "answers" || now.says === undefined || turn < now.says;
    };
    void connectRobot(call.sid, { script, speaker: "customer", mode, stays, readsAlong, isCued });
  };

  const scriptFor = (call: Call, wanted = ""): CallScript =>
    library.find(wanted) ?? byPhone(library, call.to) ?? library.next();

  const answerAsMachine = (call: Call, greetingMs: number): void => {
    const { sid: callSid, detectsMessageEnd: toTheEnd, asyncDetection } = call;
    const machine = createVoicemail(
      openGreeting(greetings, greetingMs),
      openSound({ what: "beep" }, 1, noFiles),
      () => {
        if (!toTheEnd) return;
        if (asyncDetection) detected(callSid, "machine_end_beep");
        else answer(call, "machine_end_beep");
      },
      (frame) => takeDown(call, frame),
    );
    engine.connect(callSid, machine);
    later(callSid, voicemailAtMostMs, () => hangUp(callSid));
    if (asyncDetection) {
      answer(call, null);
      if (!toTheEnd) later(callSid, recognisedAfterMs, () => detected(callSid, "machine_start"));
    } else if (!toTheEnd) answer(call, call.machineDetection ? "machine_start" : null);
  };

  const takeDown = ({ sid: callSid, from, to }: Call, frame: Int16Array): void => {
    const known = messages.find((message) => message.callSid === callSid);
    if (known) return void known.frames.push(frame);
    messages.push({ callSid, from, to, frames: [frame] });
    if (messages.length > messagesKept) messages.shift();
  };

  const ring = (call: Call, number: string): void => {
    const outcome = chooseOutcome(outcomes, number);
    const { sid: callSid } = call;
    cancels.set(callSid, []);
    if (outcome.kind === "invalid") return later(callSid, 0, () => refuse(callSid, "failed"));
    if (outcome.kind === "busy") return later(callSid, firstRingMs, () => refuse(callSid, "busy"));
    later(callSid, firstRingMs, () => carrier().step({ event: "ringing", callSid }));
    if (outcome.kind === "no-answer")
      return later(callSid, ringsAtMostMs, () => refuse(callSid, "no-answer"));
    later(callSid, firstRingMs + outcome.afterMs, () => {
      if (outcome.kind === "voicemail") return answerAsMachine(call, outcome.greetingMs);
      const person = {
        kind: "answers",
        afterMs: 0,
        mode: "waiting",
        stays: true,
      } as const;
      answerAsPerson(call, outcome.kind === "answers" ? outcome : person);
      if (outcome.kind === "drops") later(callSid, outcome.talkMs, () => hangUp(callSid));
    });
  };

  const refuse = (callSid: string, status: "busy" | "no-answer" | "failed"): void =>
    carrier().step({ event: "refused", callSid, status });

  return {
    ring,
    /** What machines have recorded, the oldest first. */
    messages: (): readonly Message[] => messages,
    /** A caller who has dialled in; he gives up when nobody answers. */
    expect(callSid: string, cast: Cast): void {
      callers.set(callSid, cast);
      cancels.set(callSid, []);
      later(callSid, ringsAtMostMs, () => {
        if (callers.has(callSid)) hangUp(callSid);
      });
    },
    answered(callSid: string): void {
      const cast = callers.get(callSid);
      callers.delete(callSid);
      if (cast) void connectRobot(callSid, cast);
    },
    over(callSid: string): void {
      callers.delete(callSid);
      for (const cancel of cancels.get(callSid) ?? []) cancel();
      cancels.delete(callSid);
    },
  };
}

const noFiles = { load: () => Promise.resolve(null), findSpoken: () => null };
const lettersPerSecond = 15;

// A greeting that was spoken, or a tone of the length that was asked for.
function openGreeting(greetings: Greetings, lengthMs: number): Sound {
  const spoken = greetings.nextVoicemail();
  const text = "x".repeat(Math.round((lengthMs / 1_000) * lettersPerSecond));
  return openSound({ what: "say", text }, 1, { ...noFiles, findSpoken: () => spoken });
}

// A lead who is called back answers as himself.
function byPhone(library: Library, number: string): CallScript | undefined {
  return library.list().find((script) => script.customer.phone === number);
}
