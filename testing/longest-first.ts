import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Vitest knows how long a file took only where it has run before, which a fresh clone has not. */
const longest = [
  "testing/simulation/simulation.test.ts",
  "sync-server/admin/fuzz.test.ts",
  "main/replica/compose.test.ts",
  "sync-server/telephony/calls.test.ts",
  "sync-server/coaching/speech/speech.test.ts",
  "sync-server/telephony/webhooks.test.ts",
  "sync-server/coaching/coaching.test.ts",
  "sync-server/ai/bulk/bulk.test.ts",
  "tools/demo-calls/demo-calls.test.ts",
  "sync-server/telephony/lost-answers.test.ts",
  "sync-server/telephony/voicemail.test.ts",
  "main/replica/rpc-fuzz.test.ts",
  "testing/processes/kill-nine.kill.test.ts",
  "testing/processes/replica-disk.kill.test.ts",
  "testing/processes/two-nodes.kill.test.ts",
];

/** Begins with what takes longest: begun last, it would run alone while the other cores have nothing left to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = longest.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(name)));
    return [...long, ...sorted.filter((file) => !long.includes(file))];
  }
}
