import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../../shared/rpc/client.ts";
import { callReport, callTranscript } from "../../../shared/rpc/contract/coaching.ts";
import { phoneState } from "../../../shared/rpc/contract/phone.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { until } from "../../processes/desk.ts";
import { anasNumber, openCallStage, type CallStage } from "../calls/call-stage.ts";
import { lastClick } from "../calls/page-clock.ts";
import { controlOf } from "../calls/talk.ts";
import { median, quantile, withFloor, type Bench } from "../measurement.ts";
import { bareWindow } from "./bare-window.ts";
import { demoTurns } from "./demo-turns.ts";
import { openTelling } from "./tell-words.ts";

/** How long they talk, at the pace of people: what is told of a minute in a second overlaps as nobody's words do. */
const talkMs = 30_000;
/** People speak about 160 words a minute. */
const msPerWord = 375;

/** A call for each: as many as tell a slow one from a usual one. */
const times = 5;

/**
 * From the click that ends a call to its report in the replica of the desk, with 50,000 leads there and a server that
 * does not answer: it is stopped before the click and goes on afterwards.
 */
export const hangUpReport: Bench = {
  ids: ["report.hang-up"],
  async run({ folder, log }) {
    const stage = await openCallStage(folder, log);
    try {
      const floor = quantile(await bareWindow(stage.desk.context(), times), 0.95);
      const taken: number[] = [];
      for (let round = 0; round < times; round += 1) {
        const ms = await hangUp(stage, round);
        log(`a report ${ms.toFixed(0)} ms after the end of a call`);
        taken.push(ms);
      }
      const note = `median ${median(taken).toFixed(0)} ms; calls of ${talkMs / 1_000} s`;
      const measured = { id: "report.hang-up", value: quantile(taken, 0.95), unit: "ms", reach: "< 1000", runs: times, note } as const; // prettier-ignore
      return [withFloor(measured, floor)];
    } finally {
      await stage.close();
    }
  },
};

/** @throws where it was not this desk that worked the report out */
async function hangUp(stage: CallStage, round: number): Promise<number> {
  const { desk, client, settle, serverPid } = stage;
  const callId = await haveTalked(stage, round);
  const reported = whenReported(client, callId);
  process.kill(serverPid(), "SIGSTOP");
  try {
    await controlOf(desk, "End").click();
    const { atMs, madeBy } = await reported;
    if (madeBy !== "desk") throw new Error(`the report of ${callId} was made by the ${madeBy}`);
    return atMs - (await lastClick(desk));
  } finally {
    process.kill(serverPid(), "SIGCONT");
    await settle();
  }
}

/** A call in which people say what those of the demo say, and the desk has heard all of it for good. */
async function haveTalked(
  { desk, door, callers, client, serverUrl }: CallStage,
  round: number,
): Promise<RecordId> {
  const caller = callers[round % callers.length];
  if (!caller) throw new Error("nobody can call");
  const callSid = await door.callIn({ to: anasNumber, from: caller.phone });
  await desk.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await controlOf(desk, "Mute").and(desk.locator(":enabled")).waitFor();
  const { calls } = await until(client, phoneState, {}, (state) => state.calls[0]?.call.phase.phase === "live"); // prettier-ignore
  const callId = calls[0]?.callId as RecordId;
  const tell = openTelling(serverUrl, callSid);
  const begun = performance.now();
  let told = 0;
  for (const { speaker, text } of demoTurns()) {
    if (performance.now() - begun > talkMs) break;
    await sleep(text.split(" ").length * msPerWord);
    await tell(speaker, text, true);
    told += 1;
  }
  const isHeard = (said: readonly { final: boolean }[]) => said.filter(({ final }) => final).length >= told;
  await until(client, callTranscript, { callId }, (live) => isHeard(live.utterances));
  return callId;
}

async function whenReported(client: Client, callId: RecordId) {
  const { madeBy } = await until(client, callReport, { callId }, ({ report }) => report !== null, 60_000);
  return { atMs: performance.timeOrigin + performance.now(), madeBy };
}
