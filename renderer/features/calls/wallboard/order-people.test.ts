import { expect, test } from "vitest";
import type { AgentLine } from "../../../../shared/calls/phone.ts";
import { orderPeople } from "./order-people.ts";

const person = (name: string, presence: string, minute: number | null, callId: string | null = null): AgentLine =>
  ({ userId: name, name, presence, reason: "", since: minute === null ? null : `2026-11-21T09:0${minute}:00.000Z`, callId }) as AgentLine; // prettier-ignore

test("who talks stands first, who is away last, and of two alike who has been so for longer", () => {
  const board = [
    person("Zoe", "offline", 1),
    person("Ann", "offline", null),
    person("Eve", "available", 4),
    person("Dan", "available", 2),
    person("Tom", "break", 1),
    person("Wim", "wrap-up", 3),
    person("Ida", "busy", 5, "call-1"),
  ];
  const names = ["Ida", "Wim", "Dan", "Eve", "Tom", "Ann", "Zoe"];
  expect(orderPeople(board).map(({ name }) => name)).toEqual(names);
  expect(orderPeople(board.toReversed()).map(({ name }) => name)).toEqual(names);
});
