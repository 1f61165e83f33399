import { answerAsThread } from "../../../ask-thread.ts";
import { packTold } from "./pack-told.ts";
import { readHarperValleyWords } from "./read-harper-valley-words.ts";
import { readPlainWords } from "./read-plain-words.ts";
import type { Transcript } from "./told.ts";

// The thread in which transcripts are read: 32 MB of JSON take most of a second, which no call shall wait for.
answerAsThread(async (transcript: Transcript) => {
  const told =
    transcript.layout === "plain"
      ? await readPlainWords(transcript.file)
      : await readHarperValleyWords(transcript.file, transcript.metadata);
  return told.ok ? { ok: true as const, value: packTold(told.value) } : told;
});
