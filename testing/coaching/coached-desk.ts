import { phoneOff, type PhoneCall, type PhoneState } from "../../shared/calls/phone.ts";
import type { CardRequest, MeaningAnswer, MeaningRequest } from "../../shared/coaching/server-wire.ts";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import type { Playbook, SettingKind } from "../../shared/entities/setting.ts";
import type { Timers } from "../../shared/result/ports.ts";
import type { LiveCoaching } from "../../shared/rpc/contract/coaching.ts";
import { createCompiledPlaybooks } from "../../main/replica/coaching/compiled-playbooks.ts";
import type { DeedFile } from "../../main/replica/coaching/deed-file.ts";
import { createLiveCoach, type LiveCoachPorts } from "../../main/replica/coaching/live-coach.ts";
import type { VirtualTime } from "../simulation/virtual-time.ts";

const said = (key: string, phrases: string[], side: "agent" | "customer") => ({
  key,
  triggers: [{ kind: "phrases", side, phrases, apart: 2, notNear: [], fromMs: null, untilMs: null }],
});
/** One item, and one card that comes again after a minute. */
export const sales = {
  ...{ id: "playbook:sales:1", kind: "playbook", key: "sales", version: 1, order: 1, label: "Sales" },
  ...{ state: "live", archived: false },
  appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
  items: [{ ...said("budget", ["what budget"], "agent"), label: "Ask the budget", hint: "" }],
  cards: [
    {
      ...said("price", ["too expensive"], "customer"),
      ...{ title: "Price", lines: ["Ask what it leaves out"], everyMs: 60_000, staysMs: 14_000 },
    },
  ],
  alarms: { monologueMs: 20_000, paceWpm: null, deadAirMs: null },
} as unknown as Playbook;

/** What the server's model says; null = it cannot be asked. */
export type Model = (request: MeaningRequest) => MeaningAnswer | null;
const noModel: Model = () => ({ state: "no-model", alike: [] });

export type DeskOptions = {
  time: VirtualTime;
  deeds: DeedFile;
  /** The call that is up; null = none yet. */
  call: PhoneCall | null;
  /** What was said before, and from now on. */
  utterances?: Utterance[];
  playbooks?: Playbook[];
  compareLike?: Model;
};

/** The coach of a desk whose calls, words and settings a test tells; what windows are told is kept. */
export async function openCoachedDesk({
  time,
  deeds,
  call,
  utterances = [],
  playbooks = [sales],
  compareLike = noModel,
}: DeskOptions) {
  let phone: PhoneState = phoneOff;
  let tellPhone: (state: PhoneState) => void = () => {};
  let tellSettings: (kinds: ReadonlySet<SettingKind>) => void = () => {};
  let known = playbooks;
  const listeners = new Set<(said: readonly Utterance[]) => void>();
  let stopped = false;
  let transcription: "carrier" | "speech" | "nobody" = "carrier";
  const transcripts: LiveCoachPorts["transcripts"] = {
    isStopped: () => stopped,
    utterances: async () => [...utterances],
    watch(_callId, listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const desk = {
    came: 0,
    why: "",
    asked: [] as CardRequest[],
    compared: [] as MeaningRequest[],
    seen: [] as (LiveCoaching | null)[],
  };
  const running = new Set<object>();
  const timers: Timers = {
    after(delayMs, task) {
      const timer = {};
      running.add(timer);
      const cancel = time.after(delayMs, () => {
        running.delete(timer);
        task();
      });
      return () => {
        running.delete(timer);
        cancel();
      };
    },
  };
  const coach = createLiveCoach({
    hub: { state: () => phone, onState: (listener) => ((tellPhone = listener), () => {}) },
    transcripts,
    settings: {
      playbooks: () => known,
      transcription: () => transcription,
      onChange: (listener) => ((tellSettings = listener), () => {}),
    },
    teamId: () => null,
    compiled: createCompiledPlaybooks(),
    deeds,
    clock: time,
    timers,
    wordCard: async (request) => {
      desk.asked.push(request);
      return ["Ask about her lease"];
    },
    async compareMeanings(request) {
      desk.compared.push(request);
      return compareLike(request);
    },
    whyUnheard: async () => desk.why,
    onUp: () => (desk.came += 1),
  });
  coach.onChange(() => desk.seen.push(coach.view()));
  const show = async (...calls: PhoneCall[]) => {
    phone = { ...phoneOff, calls };
    tellPhone(phone);
    // Its deeds are read from a file: real time, of which virtual time knows nothing.
    await deeds.of("call-1");
    await time.settle();
    await time.pass(100);
  };
  if (call) await show(call);
  return {
    ...{ coach, utterances, show },
    asked: desk.asked,
    compared: desk.compared,
    get seen() {
      return desk.seen;
    },
    get timers() {
      return running.size;
    },
    get came() {
      return desk.came;
    },
    last: () => desk.seen.at(-1) ?? null,
    hear(one: Utterance) {
      utterances.push(one);
      for (const tell of listeners) tell([one]);
    },
    stopTranscript(on: boolean) {
      stopped = on;
      for (const tell of listeners) tell([]);
    },
    /** The server listens, or says why it does not. */
    haveServerListen(why: string) {
      transcription = "speech";
      desk.why = why;
    },
    leaveUnwritten() {
      transcription = "nobody";
    },
    bringPlaybooks(next: Playbook[]) {
      known = next;
      tellSettings(new Set(["playbook"]));
    },
  };
}
