/** The far end of a leg, as the mixer sees it: 20 ms of sound in and out, 160 samples at 8 kHz. */
export interface Port {
  /** What it says now; null for silence. Called once in 20 ms. */
  read(): Int16Array | null;
  /** What it hears now. Others may hear the same frame: it must not be changed. */
  write(frame: Int16Array): void;
  /** When its last sound came that was no silence, in ms since the epoch, heard yet or not; where it comes over a network. */
  lastVoiceAt?(): number | null;
  close(): void;
}
