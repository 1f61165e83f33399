import { expect, test } from "vitest";
import { createTestCarrier } from "../../../../testing/simulator/test-carrier.ts";
import { changeParticipant, endConference } from "./conferences.ts";

const room = (attributes = "") => `<Response><Dial action="/after"><Conference ${attributes}
  statusCallback="/conference" statusCallbackEvent="start end join leave mute hold modify">room</Conference></Dial></Response>`;
const documents = {
  "/in": room(),
  "/agent": room('endConferenceOnExit="true"'),
  "/late": room('startConferenceOnEnter="false"'),
  "/after": "<Response><Pause length='30'/></Response>",
};

function meet() {
  const world = createTestCarrier(documents);
  const customer = world.begin("/in");
  const agent = world.begin("/agent", { endpoint: { kind: "client", identity: "ana", parameters: {} } });
  const [conference] = world.carrier.core.conferences.values();
  if (!conference) throw new Error("there is no conference");
  const participant = (sid: string) => {
    const found = conference.participants.get(sid);
    if (!found) throw new Error("not in the conference");
    return found;
  };
  return { ...world, customer, agent, conference, participant };
}

test("one alone hears music; with the second the conference begins", () => {
  const world = createTestCarrier(documents);
  const first = world.begin("/in");
  expect(world.wiring(first)).toEqual({ kind: "hold-music" });
  const second = world.begin("/agent");
  expect(world.wiring(first)).toMatchObject({ kind: "room" });
  expect(world.wiring(second)).toEqual(world.wiring(first));
  const events = world.callbacks("/conference").map((one) => one["StatusCallbackEvent"]);
  expect(events).toEqual(["participant-join", "participant-join", "conference-start"]);
});

test("those who may not start it wait", () => {
  const world = createTestCarrier(documents);
  const first = world.begin("/late");
  world.begin("/late");
  expect(world.wiring(first)).toEqual({ kind: "hold-music" });
});

test("hold and mute change what is wired, and are told", () => {
  const { carrier, conference, participant, customer, wiring, callbacks } = meet();
  changeParticipant(carrier.core, conference, participant(customer.sid), { hold: true });
  expect(wiring(customer)).toMatchObject({ hold: true });
  changeParticipant(carrier.core, conference, participant(customer.sid), { hold: false, muted: true });
  expect(wiring(customer)).toMatchObject({ hold: false, muted: true });
  const told = callbacks("/conference").slice(3);
  expect(told.map((one) => one["StatusCallbackEvent"])).toEqual([
    "participant-hold",
    "participant-unhold",
    "participant-mute",
  ]);
});

test("a coach is wired to whom he coaches", () => {
  const { carrier, conference, participant, begin, agent, wiring } = meet();
  const boss = begin("/in");
  changeParticipant(carrier.core, conference, participant(boss.sid), { callSidToCoach: agent.sid });
  expect(wiring(boss)).toMatchObject({ coach: agent.sid });
});

test("when one leaves who ends it, all the others go on with their own action", () => {
  const { conference, customer, agent, event, fetches, callbacks } = meet();
  event(agent, "hung-up");
  expect(conference.status).toBe("completed");
  expect(customer.status).toBe("in-progress");
  expect(fetches("/after").map((one) => one["CallSid"])).toContain(customer.sid);
  expect(callbacks("/conference").at(-1)).toMatchObject({
    StatusCallbackEvent: "conference-end",
    ReasonConferenceEnded: "participant-with-end-conference-on-exit-left",
  });
});

test("a participant who is sent elsewhere leaves; nobody stays on hold in a conference that is over", () => {
  const { carrier, conference, customer, agent, wiring } = meet();
  carrier.core.program.replace(customer, "<Response><Pause length='9'/></Response>", "");
  expect([...conference.participants.keys()]).toEqual([agent.sid]);
  endConference(carrier.core, conference, "conference-ended-via-api", null);
  expect(conference.participants.size).toBe(0);
  expect(wiring(customer)).toEqual({ kind: "silence" });
});

const waitingRoom = {
  "/in": room('waitUrl="/wait"'),
  "/agent": room(),
  "/wait": "<Response><Say>You are next</Say><Redirect>/music</Redirect></Response>",
  "/music": "<Response><Play>/music.wav</Play></Response>",
  "/after": "<Response/>",
};

test("whoever waits for a conference hears its TwiML, redirected and over again, and stays in it", () => {
  const world = createTestCarrier(waitingRoom);
  const customer = world.begin("/in");
  expect(world.wiring(customer)).toMatchObject({ kind: "play", source: { text: "You are next" } });
  world.played(customer);
  expect(world.wiring(customer)).toMatchObject({ source: { url: "http://app/music.wav" } });
  world.played(customer);
  expect(world.fetches("/music")).toHaveLength(2);
  world.begin("/agent");
  expect(world.wiring(customer)).toMatchObject({ kind: "room" });
  expect(world.carrier.core.conferences.values().next().value?.participants.size).toBe(2);
});

test("a caller who hangs up in the waiting room leaves the conference, once", () => {
  const world = createTestCarrier(waitingRoom);
  const customer = world.begin("/in");
  world.event(customer, "hung-up");
  const events = world.callbacks("/conference").map((one) => one["StatusCallbackEvent"]);
  expect(events).toEqual(["participant-join", "participant-leave", "conference-end"]);
});

test("a waiting room without TwiML that can be had plays music and fails nobody", () => {
  const world = createTestCarrier({ "/in": room('waitUrl="/gone"') });
  const customer = world.begin("/in");
  expect(customer.status).toBe("in-progress");
  expect(world.wiring(customer)).toEqual({ kind: "hold-music" });
});

test("on hold one hears the hold's own TwiML, and is back in the room afterwards", () => {
  const world = createTestCarrier({ ...waitingRoom, "/hold": "<Response><Play>/hold.wav</Play></Response>" });
  const customer = world.begin("/in");
  world.begin("/agent");
  const [conference] = world.carrier.core.conferences.values();
  const participant = conference?.participants.get(customer.sid);
  if (!conference || !participant) throw new Error("not in the conference");
  changeParticipant(world.carrier.core, conference, participant, { hold: true, holdUrl: "http://app/hold" });
  world.settle();
  expect(world.wiring(customer)).toMatchObject({ source: { url: "http://app/hold.wav" } });
  changeParticipant(world.carrier.core, conference, participant, { hold: false });
  expect(world.wiring(customer)).toMatchObject({ kind: "room", hold: false });
  expect(conference.participants.size).toBe(2);
});
