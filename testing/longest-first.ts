import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Vitest knows how long a file took only where it has run before, which a fresh clone has not. */
const longest = [
  "testing/simulation/simulation.test.ts",
  "main/replica/sync/engine.test.ts",
  "main/replica/sync/restored-server.test.ts",
  "main/replica/leads/standing-pages.test.ts",
  "sync-server/admin/fuzz.test.ts",
  "main/replica/open-replica.test.ts",
];

/** Begins with what takes longest: begun last, it would run alone while the other cores have nothing left to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
