import { expect, test } from "vitest";
import { whyUnreachable } from "./provider-words.ts";

test("says where a carrier cannot come to, and where it should not", () => {
  for (const here of [
    "http://127.0.0.1:4780/x",
    "http://localhost/x",
    "https://[::1]/x",
    "http://ringside/x",
  ])
    expect(whyUnreachable(here), here).toMatch(/cannot reach/u);
  expect(whyUnreachable("http://desk.example.com/x")).toMatch(/https/u);
  expect(whyUnreachable("https://desk.example.com/x")).toBeNull();
});
