import { createTonePlayer } from "../audio/tones.ts";

/**
 * What the SDK plays sounds with. It rings, beeps and clicks on its own and fetches all of it from its maker; here
 * only the tones of digits are heard, made on this machine, where the person hears voices.
 */
export function createSdkSound(): { SdkSound: unknown; useSpeaker(deviceId: string): void } {
  const tones = createTonePlayer();
  class SdkSound {
    readonly name: string;
    readonly isPlaying = false;
    constructor(name: string) {
      this.name = name;
    }
    async play(): Promise<void> {
      if (this.name.startsWith("dtmf")) await tones.playDigit(digitOf(this.name));
    }
    stop(): void {}
    setSinkIds(): void {}
  }
  return { SdkSound, useSpeaker: tones.useSpeaker };
}

function digitOf(name: string): string {
  return name.replace("dtmf", "").replace("s", "*").replace("h", "#");
}
