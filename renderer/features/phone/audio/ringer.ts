import { ringCycleMs, ringTone, writeWave } from "./waves.ts";

export type Ringer = {
  start(): Promise<void>;
  stop(): void;
  playOn(deviceId: string): void;
  /** 0 (silent) to 1; 1 until somebody says otherwise. */
  setVolume(volume: number): void;
  /** True: the browser lets nothing be heard before the person has clicked somewhere in this window. */
  onMuted(listener: (muted: boolean) => void): void;
};

/** Rings on an output of its own: the desk's loudspeaker, while voices are in the headset. */
export function createRinger(makeAudio: (url: string) => HTMLAudioElement = (url) => new Audio(url)): Ringer {
  let audio: HTMLAudioElement | null = null;
  let device = "";
  let volume = 1;
  let ringing = false;
  let tellMuted: (muted: boolean) => void = () => {};

  async function play(): Promise<void> {
    audio ??= makeAudio(ringUrl());
    audio.loop = true;
    audio.currentTime = 0;
    audio.volume = volume;
    await audio.setSinkId?.(device).catch(() => {});
    try {
      await audio.play();
      tellMuted(false);
    } catch (error) {
      // A ring that was stopped while it began is none that was refused.
      if (ringing && (error as { name?: string }).name === "NotAllowedError") tellMuted(true);
    }
    if (!ringing) audio.pause();
  }

  return {
    async start() {
      ringing = true;
      await play();
    },
    stop() {
      ringing = false;
      audio?.pause();
      // A click that came after it would ring for nobody, and for good.
      tellMuted(false);
    },
    playOn(deviceId) {
      device = deviceId;
      void audio?.setSinkId?.(deviceId).catch(() => {});
    },
    setVolume(chosen) {
      volume = chosen;
      if (audio) audio.volume = chosen;
    },
    onMuted: (listener) => void (tellMuted = listener),
  };
}

function ringUrl(): string {
  return URL.createObjectURL(new Blob([writeWave(ringTone, ringCycleMs)], { type: "audio/wav" }));
}
