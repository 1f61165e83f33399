import { expect, test } from "vitest";
import { exchangeOf, withExtension } from "./exchange.ts";

test("somebody has one extension, or none", () => {
  const one = withExtension([], "ana", "101");
  expect(withExtension(one, "ana", "109")).toEqual([{ userId: "ana", username: "109" }]);
  expect(withExtension(withExtension(one, "ben", "102"), "ana", "")).toEqual([
    { userId: "ben", username: "102" },
  ]);
});

test("an account of which nothing is known yet has nothing", () => {
  expect(exchangeOf({ config: {} })).toEqual({ server: "", domain: "", agents: [], iceServers: [] });
});
