/** A recorded or written conversation, all times on one clock in milliseconds from its start. */
export interface CallScript {
  readonly id: string;
  readonly title: string;
  readonly customer: { readonly name: string; readonly phone: string; readonly company: string };
  readonly turns: readonly ScriptTurn[];
  /** 8 kHz samples of one side; empty where it has no sound. */
  load(speaker: Speaker): Promise<Int16Array>;
}

export type Speaker = "customer" | "agent";

export interface ScriptTurn {
  readonly speaker: Speaker;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly words: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
}

/** What somebody has said so far in a turn; `final` once, with its last word. */
export interface Speech {
  readonly turn: number;
  readonly text: string;
  readonly final: boolean;
  /** How long ago its first word began. */
  readonly beganMsAgo: number;
  /** Start (from the first word's) and length of each word in ms, alternately. */
  readonly timing: readonly number[];
}
