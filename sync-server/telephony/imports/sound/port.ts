import type { Result } from "../../../../shared/result/result.ts";

/** A stretch of sound, one list of samples from -1 to 1 for each channel, all of one length. */
export type Stretch = readonly ArrayLike<number>[];

/** A sound file while it is read: nothing of it is held but the stretch that is at hand. */
export type Sound = {
  /** Samples a second. */
  rate: number;
  channels: number;
  /** @throws SoundFault where the file turns out to be damaged */
  stretches(): AsyncIterable<Stretch>;
};

/** Why a file is no sound that can be taken, in words for whoever brought it. */
export type OpenSound = (path: string) => Promise<Result<Sound, string>>;

/** The file cannot be read to its end. The message is for people. */
export class SoundFault extends Error {}
