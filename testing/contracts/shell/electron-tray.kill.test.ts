import { expect, test } from "vitest";
import { waitFor } from "../../wait-for.ts";
import { idleTray, useElectronDesk } from "./use-electron-desk.ts";

const stage = useElectronDesk();
const { firstWindow, ask, heard } = stage;

test("tells in the tray who is there and who is on the line, and lets presence be chosen there", async () => {
  await ask("setTray", { ...idleTray, presence: "busy", calling: "Maria" });
  await ask("setTray", idleTray);
  const [shown, another] = stage.desk.electron.trays;
  expect([shown?.tip, another]).toEqual(["Ringside: Available", undefined]);
  expect(shown?.menu.find(({ checked }) => checked)?.label).toBe("Available");
  shown?.menu.find(({ label }) => label === "On a break")?.click?.();
  await waitFor(async () => expect(await heard()).toEqual(["presence break"]));
});

test("offers in the tray what can be done with a call, and nothing of it without one", async () => {
  const offered = () => {
    const items = stage.desk.electron.trays[0]?.menu ?? [];
    return items.slice(
      0,
      items.findIndex(({ label }) => label === "Available"),
    );
  };
  const words = () => offered().map(({ label, type }) => label ?? type);
  const choose = (word: string) =>
    offered()
      .find(({ label }) => label === word)
      ?.click?.();

  const rings = { key: "answer", does: "answer" };
  await ask("setTray", {
    ...idleTray,
    ringing: "Maria",
    controls: [rings, { key: "hang-up", does: "decline" }],
  });
  expect(words()).toEqual(["Maria is calling", "Answer", "Decline", "separator"]);
  expect(stage.desk.electron.trays[0]?.tip).toBe("Ringside: Maria is calling");
  choose("Answer");
  const talks = (mute: string) => [{ key: "mute", does: mute }, { key: "hang-up", does: "hang-up" }]; // prettier-ignore
  await ask("setTray", { ...idleTray, calling: "Maria", controls: talks("mute") });
  expect(words()).toEqual(["In a call with Maria", "Mute", "Hang up", "separator"]);
  choose("Mute");
  await ask("setTray", { ...idleTray, calling: "Maria", controls: talks("unmute") });
  choose("Unmute");
  choose("Hang up");
  await waitFor(async () => expect(await heard()).toEqual(["key answer", "key mute", "key mute", "key hang-up"])); // prettier-ignore
  await ask("setTray", idleTray);
  expect(words()).toEqual([]);
});

test("offers the tenant's reasons for a break in the tray, and says which one holds", async () => {
  const breakReasons = [
    { key: "lunch", label: "Lunch" },
    { key: "training", label: "Training" },
  ];
  await ask("setTray", { ...idleTray, breakReasons });
  const [shown] = stage.desk.electron.trays;
  const offered = () => shown?.menu.find(({ submenu }) => submenu);
  expect([offered()?.label, offered()?.submenu?.map(({ label }) => label)]).toEqual([
    "On a break",
    ["No reason", "Lunch", "Training"],
  ]);
  offered()?.submenu?.[1]?.click?.();
  await waitFor(async () => expect(await heard()).toEqual(["presence break lunch"]));
  await ask("setTray", { ...idleTray, presence: "break", reason: "lunch", breakReasons });
  expect([shown?.tip, offered()?.label]).toEqual(["Ringside: On a break: Lunch", "On a break: Lunch"]);
  expect(
    offered()
      ?.submenu?.filter(({ checked }) => checked)
      .map(({ label }) => label),
  ).toEqual(["Lunch"]);
});

test("a desk that is closed in a call leaves the call to the tray", async () => {
  await ask("openPhone", { window: "phone" });
  await ask("setTray", { ...idleTray, presence: "busy", calling: "Maria" });
  firstWindow().close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(stage.desk.electron.hasQuit()).toBe(false);
  expect(stage.desk.electron.trays[0]?.tip).toBe("Ringside: in a call with Maria");
});
