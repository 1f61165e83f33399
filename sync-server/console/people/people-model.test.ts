import { expect, test } from "vitest";
import { Member } from "../../admin/wire.ts";
import { changeOfTeams, findPeople, teamNames } from "./people-model.ts";

const teams = [
  { id: "t1", name: "Accounts" },
  { id: "t2", name: "New business" },
];
const person = (name: string, email: string, teamIds: string[]) =>
  Member.parse({
    userId: name,
    name,
    email,
    teamIds,
    role: "agent",
    active: true,
    hasSecondFactor: false,
    joinedAt: "2026-01-01T00:00:00.000Z",
  });
const people = [
  person("Ana Ruiz", "ana@x.example", ["t2"]),
  person("José Núñez", "jn@x.example", ["t1", "t2"]),
];
const found = (typed: string) => findPeople(people, teams, typed).map(({ name }) => name);

test("people are found by name, address and team, accents and case aside", () => {
  expect(found("")).toEqual(["Ana Ruiz", "José Núñez"]);
  expect(found("nunez")).toEqual(["José Núñez"]);
  expect(found("ANA@")).toEqual(["Ana Ruiz"]);
  expect(found("accounts")).toEqual(["José Núñez"]);
  expect(found("business ruiz")).toEqual(["Ana Ruiz"]);
  expect(found("ruiz accounts")).toEqual([]);
});

test("teams are named in the order of the list; one that is gone is left out", () => {
  expect(teamNames(["t2", "gone", "t1"], teams)).toBe("Accounts, New business");
});

test("a change of somebody's teams leaves what others changed of them meanwhile", () => {
  const change = changeOfTeams<string>(["t1", "t2"], ["t2", "t3"]);
  expect(change(["t1", "t2"])).toEqual(["t2", "t3"]);
  expect(change(["t1", "t4"])).toEqual(["t4", "t3"]);
  expect(change(["t3"])).toEqual(["t3"]);
});
