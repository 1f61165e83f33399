/** Mean amplitude of speech on a telephone line, at least. */
const voicedLevel = 350;
/** A pause of so long ends a turn. */
const pauseMs = 600;
/** Nobody is understood better for being listened to longer. */
const longestTurnMs = 15_000;
/** Before the first loud sample a word may have begun softly. */
const leadInMs = 240;
/** So often what is spoken is handed on. */
const handOnMs = 100;

export type TurnPorts = {
  begin(startMs: number): void;
  /** @param endMs position of its end in the audio */
  speak(audio: Int16Array, endMs: number): void;
  end(): void;
};

/** Cuts audio into turns of speech by its loudness. Its clock is the audio itself. */
export function cutTurns(sampleRate: number, { begin, speak, end }: TurnPorts) {
  const toMs = (samples: number) => (samples * 1_000) / sampleRate;
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1_000);
  let heard = 0;
  let quietSamples = 0;
  let turnBegan: number | null = null;
  let held: Int16Array[] = [];
  let heldSamples = 0;

  function hold(audio: Int16Array, most: number): void {
    held.push(audio);
    heldSamples += audio.length;
    while (heldSamples - (held[0]?.length ?? 0) >= most) heldSamples -= held.shift()?.length ?? 0;
  }

  function handOn(): void {
    const audio = new Int16Array(heldSamples);
    let at = 0;
    for (const part of held) {
      audio.set(part, at);
      at += part.length;
    }
    [held, heldSamples] = [[], 0];
    if (audio.length > 0) speak(audio, Math.round(toMs(heard - quietSamples)));
  }

  function finish(): void {
    handOn();
    turnBegan = null;
    end();
  }

  return {
    hear(audio: Int16Array): void {
      heard += audio.length;
      const isVoiced = isLoud(audio);
      quietSamples = isVoiced ? 0 : quietSamples + audio.length;
      hold(audio, turnBegan === null ? toSamples(leadInMs) : Number.POSITIVE_INFINITY);
      if (turnBegan === null && isVoiced) {
        turnBegan = heard - audio.length;
        begin(Math.round(toMs(turnBegan)));
      }
      if (turnBegan === null) return;
      if (heldSamples >= toSamples(handOnMs)) handOn();
      if (toMs(quietSamples) >= pauseMs || toMs(heard - turnBegan) >= longestTurnMs) finish();
    },
    nowMs: () => Math.round(toMs(heard)),
    close(): void {
      if (turnBegan !== null) finish();
    },
  };
}

function isLoud(audio: Int16Array): boolean {
  let sum = 0;
  for (const sample of audio) sum += Math.abs(sample);
  return sum > voicedLevel * audio.length;
}
