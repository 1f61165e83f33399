import { expect, test } from "vitest";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica } from "../../../testing/fakes/open-test-replica.ts";

test("a deed is called by what can be stored of its name, and can be taken back", async () => {
  const replica = await openTestReplica();
  const task = { kind: "create", collection: "tasks", id: "water", fields: fields.task({ title: "Water" }) };
  const made = await replica.edits.apply([task as never], "Added “\u0000Water\ud800”");
  expect(made).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await replica.edits.undo(made.ok ? made.value.undoId : "")).toMatchObject({
    ok: true,
    value: { count: 1, label: "Added “Water\ufffd”" },
  });
  await replica.dispose();
});
