import { compareRecordings, recordingsFolder, tableOf } from "../testing/coaching/compare-recordings.ts";

// npm run metrics -- FOLDER: figures of recorded calls (docs/metrics.md says how the folder is laid out).
const folder = process.argv[2] ?? recordingsFolder;
const comparisons = await compareRecordings(folder);
if (comparisons.length === 0) {
  console.error(`No recorded calls in ${folder}: transcript/ID.json, audio/agent/ID.wav and audio/caller/ID.wav are needed.`); // prettier-ignore
  process.exitCode = 1;
} else for (const line of tableOf(comparisons)) console.log(line);
