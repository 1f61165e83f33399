import { expect, test } from "vitest";
import { starterPlaybook } from "../../../shared/coaching/shipped/starter.ts";
import { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { editRules } from "../../admin/playbooks/edit-rules.ts";
import { copyEntry } from "./copy-entry.ts";

test("a copy stands right behind what it is of, with a key that nothing else has", () => {
  const first = copyEntry(starterPlaybook, { list: "cards", key: "upset" });
  const once = first && editRules(starterPlaybook, first.edit);
  if (!once?.ok) expect.fail("not copied");
  const second = copyEntry(once.value, { list: "cards", key: "upset" });
  const twice = second && editRules(once.value, second.edit);
  if (!twice?.ok) expect.fail("not copied again");
  const keys = twice.value.cards.map(({ key }) => key);
  expect(keys.slice(2, 5)).toEqual(["upset", "upset-3", "upset-2"]);
  expect(PlaybookRules.parse(twice.value).cards[3]).toMatchObject({
    title: "They are upset (copy)",
    triggers: starterPlaybook.cards[2]?.triggers,
  });
  expect(copyEntry(starterPlaybook, { list: "items", key: "upset" })).toBeNull();
});
