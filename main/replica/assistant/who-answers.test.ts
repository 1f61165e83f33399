import { expect, test } from "vitest";
import { err, ok } from "../../../shared/result/result.ts";
import type { whoAnswers } from "../../../shared/rpc/contract/assistant.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import type { SyncState } from "../sync/sync-machine.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import { createWhoAnswers } from "./who-answers.ts";

type Status = Awaited<ReturnType<AskAssistant["status"]>>;

test("what was asked first and answered last does not take the place of what is newer", async () => {
  const answers: ((status: Status) => void)[] = [];
  let askAgain = () => {};
  const handler = createWhoAnswers({
    ask: { status: () => new Promise((resolve) => answers.push(resolve)) },
    engine: { state: () => ({ phase: "connected" }) as SyncState, onChange: () => () => {} },
    onMinute(again) {
      askAgain = again;
      return () => {};
    },
  });
  const watched = watch<typeof whoAnswers>(handler, {});
  askAgain();
  const [first, second] = answers;
  second?.(ok({ model: "", instead: { code: "limited", message: "It is used up." } }));
  expect(await watched.next()).toEqual({ by: "rules", model: "", why: "It is used up." });
  first?.(err("The server cannot be reached."));
  await watched.settled();
  expect(watched.last()).toEqual({ by: "rules", model: "", why: "It is used up." });
  watched.stop();
});
