import { expect, test } from "vitest";
import { takeOnce } from "./take-once.ts";

test("what is under way or done is not done again, what came to nothing or broke off is", async () => {
  const taken = { current: false };
  const begun: ReturnType<typeof Promise.withResolvers<boolean>>[] = [];
  const click = () =>
    takeOnce(taken, () => {
      const work = Promise.withResolvers<boolean>();
      begun.push(work);
      return work.promise;
    });
  const broken = click();
  await click();
  expect(begun).toHaveLength(1);
  begun[0]?.reject(new Error("The line is closed."));
  await expect(broken).rejects.toThrow("closed");
  const refused = click();
  expect(begun).toHaveLength(2);
  begun[1]?.resolve(false);
  await refused;
  const done = click();
  begun[2]?.resolve(true);
  await done;
  await click();
  expect(begun).toHaveLength(3);
});
