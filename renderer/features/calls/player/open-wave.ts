import WaveSurfer from "wavesurfer.js";

export type Wave = {
  playPause(): Promise<void>;
  /** Plays from there. */
  playFrom(ms: number): Promise<void>;
  setSpeed(speed: number): void;
  destroy(): void;
};

export type WaveListener = {
  ready(durationMs: number): void;
  at(ms: number): void;
  playing(on: boolean): void;
  failed(): void;
};

/** Draws a recording of two channels, agent over customer on one line, and plays it. */
export function openWave(container: HTMLElement, recording: Blob, listener: WaveListener): Wave {
  const colour = (name: string) => getComputedStyle(container).getPropertyValue(name).trim();
  const channel = (name: string) => ({
    waveColor: colour(name),
    progressColor: colour(name),
    overlay: true,
    height: 28,
  });
  const wave = WaveSurfer.create({
    container,
    height: 28,
    barWidth: 2,
    barGap: 1,
    barRadius: 1,
    cursorColor: colour("--ink"),
    cursorWidth: 2,
    splitChannels: [channel("--you"), channel("--them")],
    // Its style sheet is its own; the page's policy lets in what knows this.
    cspNonce: document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "",
  });
  wave.on("ready", (seconds) => listener.ready(seconds * 1000));
  wave.on("timeupdate", (seconds) => listener.at(seconds * 1000));
  wave.on("play", () => listener.playing(true));
  wave.on("pause", () => listener.playing(false));
  wave.on("finish", () => listener.playing(false));
  wave.on("error", () => listener.failed());
  void wave.loadBlob(recording).catch(() => listener.failed());
  return {
    playPause: () => wave.playPause(),
    async playFrom(ms) {
      wave.setTime(ms / 1000);
      await wave.play();
    },
    setSpeed: (speed) => wave.setPlaybackRate(speed, true),
    destroy: () => wave.destroy(),
  };
}
