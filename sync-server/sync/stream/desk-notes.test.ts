import { expect, test } from "vitest";
import { DiskFull } from "../../database/index.ts";
import { createDeskNotes } from "./desk-notes.ts";

function stageNotes() {
  const disk = { isFull: true };
  const written: string[] = [];
  const write = (what: string) => async () => {
    if (disk.isFull) throw new DiskFull("The disk");
    written.push(what);
  };
  return { ...createDeskNotes(), disk, written, write };
}

test("what a full disk did not take of a desk is noted once when there is room, the last of it only", async () => {
  const { note, settle, disk, written, write } = stageNotes();
  await note("ana", write("ana came"));
  await note("ben", write("ben came"));
  await note("ana", write("ana left"));
  await settle();
  expect(written).toEqual([]);
  disk.isFull = false;
  await settle();
  await settle();
  expect(written.toSorted()).toEqual(["ana left", "ben came"]);
});

test("what was to be noted before is left out where something newer was noted meanwhile", async () => {
  const { note, settle, disk, written, write } = stageNotes();
  await note("ana", write("ana came"));
  disk.isFull = false;
  await Promise.all([note("ana", write("ana left")), settle()]);
  expect(written).toEqual(["ana left"]);
});

test("any other failure is whoever noted it's to hear, and is not tried again", async () => {
  const { note, settle } = stageNotes();
  let tries = 0;
  const failing = note("ana", async () => {
    tries += 1;
    throw new Error("the database is away");
  });
  await expect(failing).rejects.toThrow("away");
  await settle();
  expect(tries).toBe(1);
});

test("what there was no room for is not lost where the database is away when there is some", async () => {
  const { note, settle, disk, written, write } = stageNotes();
  let isAway = true;
  await note("ana", async () => {
    if (!disk.isFull && isAway) throw new Error("the database is away");
    await write("ana came")();
  });
  disk.isFull = false;
  await expect(settle()).rejects.toThrow("away");
  isAway = false;
  await settle();
  expect(written).toEqual(["ana came"]);
});
