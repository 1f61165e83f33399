import { extname } from "node:path";
import { err } from "../../../../shared/result/result.ts";
import { openMp3 } from "./open-mp3.ts";
import { openOpus } from "./open-opus.ts";
import { openWav } from "./open-wav.ts";
import type { OpenSound } from "./port.ts";

const byEnding: Readonly<Record<string, OpenSound>> = {
  ".wav": openWav,
  ".opus": openOpus,
  ".ogg": openOpus,
  ".mp3": openMp3,
};

export const soundEndings: readonly string[] = Object.keys(byEnding);

/** Opens a sound file by what its name says it is. */
export const openSound: OpenSound = async (path) => {
  const open = byEnding[extname(path).toLowerCase()];
  return open ? open(path) : err("is none of WAV, Opus and MP3");
};
