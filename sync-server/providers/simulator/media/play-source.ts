import type { PlaySource } from "../carrier/effects.ts";
import { sampleRate, samplesPerFrame } from "./mulaw.ts";
import { beep, beepSamples, digitTones, fillTone, prompt } from "./tones.ts";

/** Gives frame after frame of a sound, and null when it is over. */
export type Sound = () => Int16Array | null;

export type LoadAudio = (url: string) => Promise<Int16Array | null>;

// A prompt takes as long as it would to read it aloud, at some 15 letters a second.
const lettersPerSecond = 15;
const longestPromptSeconds = 60;

/** A sound of the mixer's own for what a verb plays; a file plays once it has been loaded. */
export function openSound(source: PlaySource, loop: number, loadAudio: LoadAudio): Sound {
  switch (source.what) {
    case "say": {
      const seconds = Math.min(Math.max(source.text.length / lettersPerSecond, 0.5), longestPromptSeconds);
      return playTone(prompt, seconds * sampleRate, loop);
    }
    case "beep":
      return playTone(beep, beepSamples, 1);
    case "digits": {
      const { tone, samples } = digitTones(source.digits);
      return playTone(tone, samples, loop);
    }
    case "file":
      return playFile(source.url, loop, loadAudio);
  }
}

/** Plays samples that are at hand. */
export function playSamples(samples: Int16Array, loop = 1): Sound {
  let at = 0;
  let round = 1;
  return () => {
    if (at >= samples.length) {
      if (samples.length === 0 || round === loop) return null;
      round += 1;
      at = 0;
    }
    const frame = new Int16Array(samplesPerFrame);
    frame.set(samples.subarray(at, at + samplesPerFrame));
    at += samplesPerFrame;
    return frame;
  };
}

function playTone(tone: (t: number) => number, samples: number, loop: number): Sound {
  let at = 0;
  return () => {
    if (loop > 0 && at >= samples * loop) return null;
    const frame = new Int16Array(samplesPerFrame);
    fillTone(frame, (t) => tone(t % samples), at);
    at += samplesPerFrame;
    return frame;
  };
}

function playFile(url: string, loop: number, loadAudio: LoadAudio): Sound {
  let playing: Sound | null = null;
  void loadAudio(url).then((samples) => {
    playing = playSamples(samples ?? new Int16Array(0), loop);
  });
  const silence = new Int16Array(samplesPerFrame);
  return () => (playing ? playing() : silence);
}
