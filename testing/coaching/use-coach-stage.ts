import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { openDeedFile } from "../../main/replica/coaching/deed-file.ts";
import { VirtualTime } from "../simulation/virtual-time.ts";
import { openCoachedDesk, type DeskOptions } from "./coached-desk.ts";
import { answeredAt } from "./phone-calls.ts";

/** A clock that stands at the answer of the call, and a folder in which a desk keeps deeds: anew for each test of this file. */
export function useCoachStage() {
  let folder = "";
  let time = new VirtualTime(Date.parse(answeredAt));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringside-coach-"));
    time = new VirtualTime(Date.parse(answeredAt));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return {
    time: { now: () => time.now(), pass: (spanMs: number) => time.pass(spanMs) },
    /** Opened a second time, it is the same desk that starts again. */
    openDesk: (options: Omit<DeskOptions, "time" | "deeds"> & Partial<Pick<DeskOptions, "deeds">>) =>
      openCoachedDesk({ time, deeds: openDeedFile(join(folder, "coaching.json")), ...options }),
  };
}
