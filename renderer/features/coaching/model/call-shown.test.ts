import { expect, test } from "vitest";
import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { callShown } from "./call-shown.ts";

const call = { customer: "Maria" } as LiveCoaching;
const message = "";

test("an overlay shows its call through whatever fails, and nothing of it once its agent has signed out", () => {
  const told = { value: { call }, error: undefined };
  expect(callShown(told)).toBe(call);
  expect(callShown({ ...told, error: { code: "internal", message } })).toBe(call);
  expect(callShown({ ...told, error: { code: "signed-out", message } })).toBeNull();
  expect(callShown({ value: undefined, error: undefined })).toBeUndefined();
});
