import { apartOf } from "../../../shared/calls/talks.ts";
import type { Apart } from "../../../shared/coaching/metrics/apart.ts";
import type { PhoneCall, PhoneState } from "../../../shared/calls/phone.ts";
import { choosePlaybook } from "../../../shared/coaching/playbook/choose-playbook.ts";
import type { AlikeByUtterance } from "../../../shared/coaching/playbook/meanings.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import type { LiveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { PhoneHub } from "../phone/phone-hub.ts";
import { coachCall, type CallCoach, type ChosenPlaybook } from "./call-coach.ts";
import { callUp, isTogether } from "./call-up.ts";
import type { CompiledPlaybooks } from "./compiled-playbooks.ts";
import {
  createAlikeMemory,
  listenForMeanings,
  type CompareMeanings,
  type MeaningEar,
} from "./meanings-heard.ts";
import type { Deed } from "./coach-machine.ts";
import { lastMinute, type WordCard } from "./card-words.ts";
import type { WhyUnheard } from "./why-unheard.ts";
import type { DeedFile } from "./deed-file.ts";
import { createPaced } from "./paced.ts";
import type { Transcripts } from "./transcripts.ts";

export type LiveCoachPorts = {
  hub: Pick<PhoneHub, "state" | "onState">;
  transcripts: Pick<Transcripts, "utterances" | "watch" | "isStopped">;
  settings: Pick<TenantSettings, "playbooks" | "transcription" | "onChange">;
  /** Of the person at this desk, as it is by now. */
  teamId: () => string | null;
  compiled: CompiledPlaybooks;
  deeds: DeedFile;
  clock: Clock;
  timers: Timers;
  wordCard: WordCard;
  compareMeanings: CompareMeanings;
  whyUnheard: WhyUnheard;
  /** A call has come up that is coached from now on. */
  onUp: () => void;
};

/** The call that is up on this device, coached while it lasts. */
export type LiveCoach = {
  view(): LiveCoaching | null;
  onChange(listener: () => void): () => void;
  /** The agent did something in this call; null = it is not up any more. */
  do(callId: string, deedAt: (atMs: number) => Deed): Promise<{ atMs: number; call: PhoneCall } | null>;
  /** What was compared in meaning in one of the last calls. */
  alike(callId: string): AlikeByUtterance;
  /** How loud the other side is, 0 to 1, as it is told ten times a second. */
  hearLevel(level: number): void;
  close(): void;
};

/** Ten times a second is more than an eye follows. */
const paceMs = 100;
const tickMs = 500;
const levelEveryMs = 100;
/** What is quieter is no speech. */
const loud = 0.05;
/** Why there is no transcript, or no more of it. */
const refusal = "They do not want to be recorded.";

/** @property coach null: what was said and done before is still being read */
type Up = {
  phone: PhoneCall;
  answeredAtMs: number;
  coach: CallCoach | null;
  /** Null: this call's playbook is still being looked for, or there is none. */
  ear: MeaningEar | null;
  /** When the card came up for which words were asked last. */
  wordedAtMs: number;
  /** Nobody listens to it any more, as the server says; empty = somebody does, or it has not said. */
  why: string;
  leave(): void;
};

export function createLiveCoach(ports: LiveCoachPorts): LiveCoach {
  const { hub, transcripts, settings, deeds, clock, timers, compareMeanings } = ports;
  const listeners = new Set<() => void>();
  const remembered = createAlikeMemory();
  let up: Up | null = null;
  const view = () => up?.coach?.view(shownOf(up.phone)) ?? null;
  const paced = createPaced({ clock, timers }, paceMs, view, () => {
    for (const tell of listeners) tell();
  });
  const stops = [
    hub.onState(follow),
    // A first sync brings playbooks while one talks already.
    settings.onChange((kinds) => {
      if (kinds.has("playbook") && up?.coach && view()?.playbook === null) enter(up.phone);
    }),
  ];
  follow(hub.state());

  function shownOf({ callId, call, name, number }: PhoneCall) {
    const absent = settings.transcription() === "nobody";
    const unheard = up?.phone.callId === callId ? up.why : "";
    // Where nobody would write it down anyway that is what there is to know.
    const why = call.consent === "refused" && !absent ? refusal : unheard;
    return { customer: name || number, stopped: transcripts.isStopped(callId), absent, why };
  }

  function follow(phone: Pick<PhoneState, "calls">): void {
    const call = callUp(phone, up?.phone.callId ?? null);
    if (call && up?.phone.callId === call.callId) stay(up, call);
    else if (call) enter(call);
    else leave();
    paced.look();
  }

  function stay(entered: Up, phone: PhoneCall): void {
    entered.phone = phone;
    entered.coach?.part(apartIn(entered));
    entered.coach?.heed(phone.call.consent);
  }

  function leave(): void {
    up?.leave();
    up = null;
  }

  function enter(phone: PhoneCall): void {
    const { callId } = phone;
    const isAnother = up?.phone.callId !== callId;
    leave();
    const early: Utterance[] = [];
    const stopHearing = transcripts.watch(callId, (said) => {
      // Nothing was said: it has stopped, or goes on.
      if (said.length === 0) void learnWhy(entered);
      if (entered.coach) hear(entered, entered.coach, said);
      else early.push(...said);
    });
    const answeredAtMs = Date.parse(phone.call.answeredAt ?? phone.call.phase.since);
    const entered: Up = {
      phone,
      answeredAtMs,
      coach: null,
      ear: null,
      wordedAtMs: -1,
      why: "",
      leave: stopHearing,
    };
    up = entered;
    void Promise.all([remember(callId), choose(ports, phone)]).then(([before, chosen]) => {
      if (up !== entered) return;
      const { consent } = entered.phone.call;
      const past = { ...before, apart: apartIn(entered), consent, untilMs: nowMs(entered) };
      entered.coach = coachCall({ callId, answeredAtMs }, chosen, past);
      entered.ear = chosen && listenFor(entered, entered.coach, chosen);
      entered.ear?.hear([...past.utterances, ...early]);
      if (early.length > 0) entered.coach.hear(early, nowMs(entered));
      const stopTicking = tickOn(entered, entered.coach);
      entered.leave = () => {
        stopHearing();
        stopTicking();
        entered.ear?.close();
      };
      if (isAnother) ports.onUp();
    });
  }

  /** The server listens for those who chose it, and knows why it does not: a budget that is used up, for one. */
  async function learnWhy(entered: Up): Promise<void> {
    const isUnheard = () => transcripts.isStopped(entered.phone.callId);
    const why = isUnheard() && settings.transcription() === "speech" ? await ports.whyUnheard() : "";
    entered.why = isUnheard() ? why : "";
    if (up === entered) paced.look();
  }

  /** Without a past that can be read a call is coached from now on. */
  async function remember(callId: RecordId) {
    const [utterances, done] = await Promise.all([
      transcripts.utterances(callId).catch(() => []),
      deeds.of(callId).catch(() => []),
    ]);
    return { utterances, deeds: done };
  }

  function listenFor(entered: Up, coach: CallCoach, chosen: ChosenPlaybook): MeaningEar {
    const { callId } = entered.phone;
    const asked = { compare: compareMeanings, timers };
    return listenForMeanings(asked, { callId, chosen }, (utterance, alike) => {
      remembered.keep(callId, utterance.id, alike);
      coach.compare(utterance, alike, nowMs(entered));
      paced.look();
    });
  }

  function hear(entered: Up, coach: CallCoach, said: readonly Utterance[]): void {
    if (said.length > 0) coach.hear(said, nowMs(entered));
    entered.ear?.hear(said);
    paced.look();
    // Nothing waits for it, and nothing is lost with it.
    void wordCard(entered, coach).catch(() => {});
  }

  /** The playbook's words are there at once; a model's may come while they are read. */
  async function wordCard(entered: Up, coach: CallCoach): Promise<void> {
    const { callId } = entered.phone;
    const card = coach.view(shownOf(entered.phone)).card;
    if (!card || card.shownAtMs === entered.wordedAtMs) return;
    entered.wordedAtMs = card.shownAtMs;
    const heard = lastMinute(await transcripts.utterances(callId), nowMs(entered));
    const lines = await ports.wordCard({ callId, title: card.title, lines: card.lines, heard });
    if (lines === null || up !== entered) return;
    coach.word(card, lines, nowMs(entered));
    paced.look();
  }

  function tickOn(entered: Up, coach: CallCoach): () => void {
    let cancel = () => {};
    const tick = () => {
      coach.pass(nowMs(entered));
      paced.look();
      cancel = timers.after(tickMs, tick);
    };
    tick();
    return () => cancel();
  }

  function nowMs({ answeredAtMs }: Up): number {
    return Math.max(0, clock.now() - answeredAtMs);
  }

  return {
    view,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async do(callId, deedAt) {
      if (!up?.coach || up.phone.callId !== callId) return null;
      const { phone } = up;
      const atMs = nowMs(up);
      const deed = up.coach.do(deedAt(atMs));
      up.coach.pass(atMs);
      paced.look();
      await deeds.keep(callId, deed);
      return { atMs, call: phone };
    },
    alike: remembered.of,
    hearLevel(level) {
      if (level >= loud && up && isTogether(up.phone)) up.coach?.hearSound(levelEveryMs);
    },
    close() {
      leave();
      paced.stop();
      for (const stop of stops) stop();
    },
  };
}

function apartIn({ phone, answeredAtMs }: Up): Apart {
  return apartOf(phone.call, answeredAtMs);
}

/** Which playbook a call has. */
async function choose(
  { settings, teamId, compiled }: Pick<LiveCoachPorts, "settings" | "teamId" | "compiled">,
  { call }: PhoneCall,
): Promise<ChosenPlaybook | null> {
  const facts = { direction: call.direction, queue: call.queue, callList: "", teamId: teamId() };
  const playbook = choosePlaybook(settings.playbooks(), facts);
  return playbook && { playbook, compiled: await compiled(playbook) };
}
