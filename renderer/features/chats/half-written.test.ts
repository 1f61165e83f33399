import { expect, test } from "vitest";
import { proposeHalf, readHalf, writeHalf } from "./half-written.ts";

test("what is proposed takes nobody's words away", () => {
  proposeHalf("chat:1", "We have parking.");
  expect(readHalf("chat:1").text).toBe("We have parking.");
  writeHalf("chat:2", "Let me see");
  proposeHalf("chat:2", "We have parking.");
  expect(readHalf("chat:2").text).toBe("Let me see");
});

test("the same words keep their id, others have another", () => {
  writeHalf("chat:3", "hello");
  const { sayingId } = readHalf("chat:3");
  writeHalf("chat:3", "hello");
  expect(readHalf("chat:3").sayingId).toBe(sayingId);
  writeHalf("chat:3", "hello!");
  expect(readHalf("chat:3").sayingId).not.toBe(sayingId);
});
