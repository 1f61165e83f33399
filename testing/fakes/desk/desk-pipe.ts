import { createFakePipe, type FakeAnswers, type FakePipe } from "../pipe.ts";
import { answerImports, createFakeImport, type FakeImport } from "./import-answers.ts";
import { answerSync, createSyncScene, type SyncScene } from "./sync-answers.ts";
import { answerWork } from "./work-answers.ts";

export type FakeDesk = {
  pipe: FakePipe;
  /** Change them, then call `pipe.refresh()`. */
  scene: SyncScene;
  importing: FakeImport;
};

/** A whole desk that answers from memory. @param more answers that come first, e.g. of leads */
export function createFakeDesk(now: () => Date = () => new Date(), more: FakeAnswers[] = []): FakeDesk {
  const scene = createSyncScene(now());
  const importing = createFakeImport();
  const answers: FakeAnswers = { queries: {}, commands: {} };
  const pipe = createFakePipe(answers);
  const parts = [
    answerSync(scene, now),
    answerWork(now),
    answerImports(importing, () => pipe.refresh()),
    ...more,
  ];
  for (const { queries, commands } of parts) {
    Object.assign(answers.queries, queries);
    Object.assign(answers.commands, commands);
  }
  return { pipe, scene, importing };
}
