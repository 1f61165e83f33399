import { digitTone, writeWave } from "./waves.ts";

/** Plays the tones of digits where the person hears voices: on the speaker of the call, not on the machine's own. */
export function createTonePlayer(makeAudio: (url: string) => HTMLAudioElement = (url) => new Audio(url)): {
  playDigit(digit: string): Promise<void>;
  useSpeaker(deviceId: string): void;
} {
  let speaker = "";
  return {
    useSpeaker: (deviceId) => void (speaker = deviceId),
    async playDigit(digit) {
      const tone = digitTone(digit);
      if (!tone) return;
      const url = URL.createObjectURL(
        new Blob([writeWave([tone], tone.lengthMs, 0.15)], { type: "audio/wav" }),
      );
      const audio = makeAudio(url);
      audio.addEventListener("ended", () => URL.revokeObjectURL(url));
      // A tone that cannot be heard is no reason not to dial.
      await audio.setSinkId(speaker).catch(() => {});
      await audio.play().catch(() => {});
    },
  };
}
