import type { ConferenceNoun } from "../twiml/verbs.ts";
import type { Core } from "./core.ts";
import { rfc2822 } from "./forms.ts";
import { isOver, type Call, type Conference, type Participant, type Target } from "./model.ts";
import { startWaiting } from "./waiting.ts";

/** A change of one participant, as REST and <Conference> can ask for it. */
export type ParticipantChange = Partial<
  Pick<Participant, "hold" | "holdUrl" | "muted" | "coaching" | "callSidToCoach" | "endOnExit">
>;

/**
 * Brings a call into the conference of that name, which begins when two are in it and one of them may start it.
 * `left` runs once when the call is out again, unless the call itself was sent elsewhere.
 */
export function enterConference(core: Core, call: Call, noun: ConferenceNoun, left: () => void): void {
  const conference = findRunning(core, noun.name) ?? create(core, noun);
  if (conference.participants.size >= noun.maxParticipants) return left();
  const participant: Participant = {
    callSid: call.sid,
    label: noun.label,
    joinedAt: core.now(),
    startOnEnter: noun.startOnEnter,
    endOnExit: noun.endOnExit,
    muted: noun.muted,
    hold: false,
    holdUrl: null,
    coaching: noun.coach !== null,
    callSidToCoach: noun.coach,
    beep: noun.beep,
    waitTarget: noun.waitUrl
      ? { url: core.program.resolve(call, noun.waitUrl), method: noun.waitMethod }
      : null,
    waiting: null,
    leave: () => {
      if (!conference.participants.has(call.sid)) return;
      participant.waiting?.stop();
      call.activity = null;
      takeOut(core, conference, participant);
      left();
    },
  };
  conference.participants.set(call.sid, participant);
  report(core, conference, "participant-join", participant);
  beep(core, conference, participant, "onEnter");
  startWhenReady(core, conference, call, noun);
  place(core, conference, participant, noun.waitUrl === "");
}

/** Hold, mute and coach, with the callbacks that tell of them. */
export function changeParticipant(
  core: Core,
  conference: Conference,
  participant: Participant,
  change: ParticipantChange,
): void {
  const before = { ...participant };
  Object.assign(participant, change);
  if (change.callSidToCoach !== undefined) participant.coaching = change.callSidToCoach !== null;
  if (participant.coaching === false) participant.callSidToCoach = null;
  conference.updatedAt = core.now();
  place(core, conference, participant, false);
  if (before.hold !== participant.hold) {
    report(core, conference, participant.hold ? "participant-hold" : "participant-unhold", participant);
  }
  if (before.muted !== participant.muted) {
    report(core, conference, participant.muted ? "participant-mute" : "participant-unmute", participant);
  }
  if (before.callSidToCoach !== participant.callSidToCoach || before.endOnExit !== participant.endOnExit) {
    report(core, conference, "participant-modify", participant);
  }
}

/** Ends a conference; everybody in it goes on with what their TwiML says next. */
export function endConference(core: Core, conference: Conference, reason: string, by: string | null): void {
  if (conference.status === "completed") return;
  conference.status = "completed";
  conference.reasonEnded = reason;
  conference.callSidEndingConference = by;
  for (const participant of conference.participants.values()) participant.leave();
  for (const recording of core.recordings.values()) {
    if (recording.conferenceSid === conference.sid) core.recorder.stop(recording);
  }
  report(core, conference, "conference-end", null);
}

export function findRunning(core: Core, nameOrSid: string): Conference | undefined {
  return [...core.conferences.values()].find(
    (one) => one.status !== "completed" && (one.name === nameOrSid || one.sid === nameOrSid),
  );
}

export function roomOf(conference: Conference): string {
  return `conference:${conference.sid}`;
}

function create(core: Core, noun: ConferenceNoun): Conference {
  const conference: Conference = {
    sid: core.newSid("CF"),
    name: noun.name,
    createdAt: core.now(),
    updatedAt: core.now(),
    callback: noun.statusCallback,
    participants: new Map(),
    status: "init",
    reasonEnded: null,
    callSidEndingConference: null,
    sequence: 0,
  };
  core.conferences.set(conference.sid, conference);
  return conference;
}

function takeOut(core: Core, conference: Conference, participant: Participant): void {
  if (!conference.participants.delete(participant.callSid)) return;
  report(core, conference, "participant-leave", participant);
  beep(core, conference, participant, "onExit");
  if (conference.participants.size === 0)
    endConference(core, conference, "last-participant-left", participant.callSid);
  else if (participant.endOnExit) {
    endConference(core, conference, "participant-with-end-conference-on-exit-left", participant.callSid);
  }
}

function startWhenReady(core: Core, conference: Conference, call: Call, noun: ConferenceNoun): void {
  const starters = [...conference.participants.values()].some((one) => one.startOnEnter);
  if (conference.status !== "init" || conference.participants.size < 2 || !starters) return;
  conference.status = "in-progress";
  conference.updatedAt = core.now();
  for (const participant of conference.participants.values()) place(core, conference, participant, false);
  report(core, conference, "conference-start", null);
  if (noun.record) {
    core.recorder.startOnRoom(call, roomOf(conference), {
      channels: 2,
      source: "Conference",
      callback: noun.recordingStatusCallback,
    });
  }
}

// Puts a participant where it belongs now: the waiting room, a hold of its own, or the room itself.
function place(core: Core, conference: Conference, participant: Participant, quiet: boolean): void {
  const call = core.calls.get(participant.callSid);
  if (!call || isOver(call)) return;
  participant.waiting?.stop();
  participant.waiting = null;
  const left = (): void => takeOut(core, conference, participant);
  const target = waitingTarget(conference, participant);
  if (target) {
    const describe = (): Record<string, string> => ({
      ConferenceSid: conference.sid,
      FriendlyName: conference.name,
    });
    participant.waiting = startWaiting(core, call, "conference", target, describe, left);
    return;
  }
  call.activity = { name: "conference", stop: left };
  const { muted, hold, callSidToCoach } = participant;
  const wiring =
    conference.status === "init"
      ? ({ kind: quiet ? "silence" : "hold-music" } as const)
      : ({ kind: "room", room: roomOf(conference), muted, hold, coach: callSidToCoach } as const);
  core.emit({ effect: "wire", callSid: call.sid, wiring });
}

function waitingTarget(conference: Conference, participant: Participant): Target | null {
  if (conference.status === "init") return participant.waitTarget;
  return participant.hold && participant.holdUrl ? { url: participant.holdUrl, method: "POST" } : null;
}

function beep(core: Core, conference: Conference, participant: Participant, on: "onEnter" | "onExit"): void {
  if (participant.beep !== "true" && participant.beep !== on) return;
  if (conference.status === "in-progress") core.emit({ effect: "beep", room: roomOf(conference) });
}

// A callback's events are named without their prefix: "join" asks for participant-join.
const eventNames = {
  "conference-start": "start",
  "conference-end": "end",
  "participant-join": "join",
  "participant-leave": "leave",
  "participant-mute": "mute",
  "participant-unmute": "mute",
  "participant-hold": "hold",
  "participant-unhold": "hold",
  "participant-modify": "modify",
} as const;

function report(
  core: Core,
  conference: Conference,
  event: keyof typeof eventNames,
  participant: Participant | null,
): void {
  const { callback } = conference;
  if (!callback?.events.includes(eventNames[event])) return;
  conference.sequence += 1;
  core.emit({
    effect: "callback",
    target: callback,
    params: {
      AccountSid: core.accountSid,
      ConferenceSid: conference.sid,
      FriendlyName: conference.name,
      StatusCallbackEvent: event,
      SequenceNumber: String(conference.sequence),
      Timestamp: rfc2822(core.now()),
      ...(participant ? describeParticipant(participant) : {}),
      ...(conference.reasonEnded ? { ReasonConferenceEnded: conference.reasonEnded } : {}),
      ...(conference.callSidEndingConference
        ? { CallSidEndingConference: conference.callSidEndingConference }
        : {}),
    },
  });
}

function describeParticipant(participant: Participant): Record<string, string> {
  return {
    CallSid: participant.callSid,
    Muted: String(participant.muted),
    Hold: String(participant.hold),
    Coaching: String(participant.coaching),
    ...(participant.callSidToCoach ? { CallSidToCoach: participant.callSidToCoach } : {}),
    EndConferenceOnExit: String(participant.endOnExit),
    StartConferenceOnEnter: String(participant.startOnEnter),
    ...(participant.label ? { ParticipantLabel: participant.label } : {}),
  };
}
