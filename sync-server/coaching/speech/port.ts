/** What was heard, as a provider understands it now. Positions are in the session's own audio. */
export type Heard = {
  text: string;
  /** False: it may still be told otherwise. */
  final: boolean;
  /** Of the first word's beginning and the last one's end, in ms from the session's first sample. */
  startMs: number;
  endMs: number;
  /** Start (from `startMs`) and length of each word of `text` in ms, alternately; empty = not told. */
  timing: number[];
};

/**
 * Turns speech into text while it is spoken. Providers translate and decide nothing: they tell one utterance after the
 * other, each as often as they like and at last as final, and end when they cannot go on. They are not tried again in
 * here, and never throw.
 */
export type SpeechToText = {
  readonly name: string;
  open(wanted: {
    /** Of what will be heard: one channel, 16 bits. */
    sampleRate: number;
    /** BCP 47; null = whatever is spoken. */
    language: string | null;
    onHeard(heard: Heard): void;
    /** So much sound has left for the provider, in ms: it bills that. */
    onSent(ms: number): void;
    /** Once, for whatever reason; `why` holds nothing of what was said. */
    onEnd(why: string): void;
  }): SpeechSession;
};

export type SpeechSession = {
  hear(audio: Int16Array): void;
  /** Nothing more comes: what is still to be understood is told within two seconds, then it ends. */
  close(): void;
};
