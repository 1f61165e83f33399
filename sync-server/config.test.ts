import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("an empty environment is a server for this machine with an embedded database", () => {
  expect(readConfig({})).toMatchObject({
    host: "127.0.0.1",
    database: { kind: "embedded" },
    trustProxy: false,
  });
});

test("an empty setting counts as none, as in a copied .env.example", () => {
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const lines = example.split("\n").filter((line) => /^[A-Z_]+=/u.test(line));
  const environment = Object.fromEntries(lines.map((line) => line.split(/=(.*)/u).slice(0, 2)));
  expect(readConfig(environment)).toEqual(readConfig({}));
});

test("every setting is explained in .env.example", () => {
  const source = readFileSync(new URL("./config.ts", import.meta.url), "utf8");
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const names = [...source.matchAll(/^ {4}([A-Z_]+): optional/gmu)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(example).toMatch(new RegExp(`^${name}=`, "mu"));
});

test("the settings' model costs what they say, in dollars for a million tokens", () => {
  const model = { AI_BASE_URL: "http://own/v1", AI_MODEL: "e" };
  expect(readConfig(model).ai?.price).toBeNull();
  const priced = { ...model, AI_MODEL_PRICE_INPUT: "0.15", AI_MODEL_PRICE_OUTPUT: "0" };
  expect(readConfig(priced).ai?.price).toEqual({ input: 150_000, output: 0 });
  expect(() => readConfig({ ...model, AI_MODEL_PRICE_INPUT: "1" })).toThrow("AI_MODEL_PRICE_OUTPUT");
  expect(() => readConfig({ ...priced, AI_MODEL_PRICE_INPUT: "-1" })).toThrow("AI_MODEL_PRICE_INPUT");
});

test("wrong settings are told one a line, all at once", () => {
  const read = () => readConfig({ PORT: "99999", TRUST_PROXY: "maybe", DATABASE_URL: "mysql://x" });
  expect(read).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*TRUST_PROXY/u);
  expect(() => readConfig({ DATABASE_URL: "postgresql://db/x" })).toThrow("RINGSIDE_SECRET is needed");
});
