import type { PlaySource } from "../carrier/effects.ts";
import { sampleRate, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { beep, beepSamples, digitTones, fillTone, prompt } from "./tones.ts";

/** Gives frame after frame of a sound, and null when it is over. */
export type Sound = () => Int16Array | null;

/** Sounds that are not made by arithmetic. */
export interface AudioFiles {
  load(url: string): Promise<Int16Array | null>;
  /** Words that were spoken once; null where nobody has. */
  findSpoken(text: string): Promise<Int16Array> | null;
}

// A prompt takes as long as it would to read it aloud, at some 15 letters a second.
const lettersPerSecond = 15;
const longestPromptSeconds = 60;

/** A sound for what a verb plays; a file plays once it has been loaded. */
export function openSound(source: PlaySource, loop: number, files: AudioFiles): Sound {
  switch (source.what) {
    case "say": {
      const spoken = files.findSpoken(source.text);
      return spoken ? playLater(spoken, loop) : playPrompt(source.text, loop);
    }
    case "beep":
      return playTone(beep, beepSamples, 1);
    case "digits": {
      const { tone, samples } = digitTones(source.digits);
      return playTone(tone, samples, loop);
    }
    case "file":
      return playLater(files.load(source.url), loop);
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

function playPrompt(text: string, loop: number): Sound {
  const seconds = Math.min(Math.max(text.length / lettersPerSecond, 0.5), longestPromptSeconds);
  return playTone(prompt, seconds * sampleRate, loop);
}

/** Is silent until the samples are there; none are over at once. */
function playLater(samples: Promise<Int16Array | null>, loop: number): Sound {
  let playing: Sound | null = null;
  void samples.then((loaded) => {
    playing = playSamples(loaded ?? new Int16Array(0), loop);
  });
  const silence = new Int16Array(samplesPerFrame);
  return () => (playing ? playing() : silence);
}
