import { measureLevel } from "../media/mixer.ts";
import { frameMs, sampleRate, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import type { Port } from "../media/port.ts";
import type { CallScript, ScriptTurn, Speaker, Speech } from "./script.ts";

/** `waiting` answers when the other has stopped speaking; `straight` keeps to the script's own clock. */
export type RobotMode = "waiting" | "straight";

export interface RobotOptions {
  script: CallScript;
  speaker: Speaker;
  audio: Int16Array;
  mode: RobotMode;
  /** Whether anybody hears it now. It says nothing to a queue or on hold: it waits, and goes on where it was. */
  isHeard: () => boolean;
  /** Whether a turn of the script may be begun, beyond its time having come; all, when absent. */
  isCued?: ((turn: number) => boolean) | undefined;
  onSpeech: (speech: Speech) => void;
  /** The last turn has been spoken and nothing followed for a while. */
  onFinished: () => void;
}

const speakingLevel = 0.01;
const pauseBeforeAnswerMs = 700;
// Somebody who says nothing at all is answered as well, as people would.
const patienceMs = 6_000;
const quietAfterLastTurnMs = 3_000;
// Music keeps people waiting, a dead line does not.
const deadLineMs = 30_000;

const wholeMs = (ms: number): number => Math.max(0, Math.round(ms));

/**
 * Somebody who plays one side of a script, frame by frame. Its clock is the frames it is asked for, so that a stepped
 * mixer steps it too.
 */
export function createRobot(options: RobotOptions): Port {
  const { script, speaker, audio, mode, isHeard, isCued, onSpeech, onFinished } = options;
  const own = script.turns.flatMap((turn, index) => (turn.speaker === speaker ? [{ turn, index }] : []));
  let at = 0;
  let nextTurn = 0;
  let nowMs = 0;
  let turnBeganAt = 0;
  let quietMs = 0;
  let heardSince = false;
  let talking = false;
  let finished = false;

  const listen = (frame: Int16Array): void => {
    const speaks = measureLevel(frame) > speakingLevel;
    quietMs = speaks ? 0 : quietMs + frameMs;
    heardSince ||= speaks;
  };

  const mayBegin = (turn: ScriptTurn, index: number): boolean => {
    if (isCued && !isCued(index)) return false;
    if (mode === "straight") return nowMs >= turn.startMs;
    const before = script.turns[index - 1];
    const isOwn = before?.speaker === speaker;
    if (isOwn) return nowMs - turnBeganAt >= turn.startMs - before.startMs;
    if (!before) return quietMs >= pauseBeforeAnswerMs;
    return (heardSince && quietMs >= pauseBeforeAnswerMs) || quietMs >= patienceMs;
  };

  const begin = (turn: ScriptTurn): void => {
    talking = true;
    turnBeganAt = nowMs;
    at = Math.round((turn.startMs * sampleRate) / 1000);
  };

  const speak = ({ turn, index }: { turn: ScriptTurn; index: number }): Int16Array => {
    const beforeMs = turn.startMs + (nowMs - turnBeganAt);
    const frame = new Int16Array(samplesPerFrame);
    frame.set(audio.subarray(at, at + samplesPerFrame));
    at += samplesPerFrame;
    report(turn, index, beforeMs, beforeMs + frameMs);
    if (beforeMs + frameMs >= turn.endMs) {
      talking = false;
      nextTurn += 1;
      heardSince = false;
      quietMs = 0;
    }
    return frame;
  };

  const report = (turn: ScriptTurn, index: number, fromMs: number, toMs: number): void => {
    const spoken = turn.words.filter((word) => word.endMs <= toMs);
    const isLast = toMs >= turn.endMs;
    if (!isLast && !turn.words.some((word) => word.endMs > fromMs && word.endMs <= toMs)) return;
    const text = isLast ? turn.text : spoken.map((word) => word.text).join(" ");
    const heard = isLast ? turn.words : spoken;
    const beganMs = heard[0]?.startMs ?? turn.startMs;
    const timing = heard.flatMap(({ startMs, endMs }) => [startMs - beganMs, endMs - startMs].map(wholeMs));
    onSpeech({ turn: index, text, final: isLast, beganMsAgo: Math.max(0, toMs - beganMs), timing });
  };

  const finish = (): void => {
    if (finished) return;
    finished = true;
    onFinished();
  };

  return {
    read() {
      if (!isHeard()) {
        if (quietMs >= deadLineMs) finish();
        return null;
      }
      const current = own[nextTurn];
      if (current && !talking && mayBegin(current.turn, current.index)) begin(current.turn);
      const frame = current && talking ? speak(current) : null;
      nowMs += frameMs;
      if (!current && quietMs >= quietAfterLastTurnMs) finish();
      return frame;
    },
    write: listen,
    close: () => {
      finished = true;
      nextTurn = own.length;
    },
  };
}
