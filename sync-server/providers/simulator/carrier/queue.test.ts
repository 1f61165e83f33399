import { expect, test } from "vitest";
import { createTestCarrier } from "../../../../testing/simulator/test-carrier.ts";

const documents = {
  "/in": `<Response><Enqueue waitUrl="/wait" action="/left">support</Enqueue></Response>`,
  "/wait": "<Response><Say>Please hold</Say><Leave/></Response>",
  "/left": "<Response/>",
  "/agent": `<Response><Dial><Queue>support</Queue></Dial></Response>`,
};

test("the caller who waited longest is met first", () => {
  const world = createTestCarrier({ ...documents, "/wait": "<Response><Say loop='0'>Hold</Say></Response>" });
  const first = world.begin("/in");
  world.step(4_000);
  const second = world.begin("/in");
  const agent = world.begin("/agent");
  expect(world.wiring(agent)).toEqual(world.wiring(first));
  expect(world.wiring(second)).toMatchObject({ kind: "play" });
  world.event(agent, "hung-up");
  expect(world.fetches("/left")[0]).toMatchObject({ QueueResult: "bridged", CallSid: first.sid });
  expect(first.status).toBe("completed");
});

test("an agent who dials an empty queue waits for the next caller", () => {
  const world = createTestCarrier({ ...documents, "/wait": "<Response><Pause length='99'/></Response>" });
  const agent = world.begin("/agent");
  expect(world.wiring(agent)).toEqual({ kind: "hold-music" });
  const caller = world.begin("/in");
  expect(world.wiring(agent)).toMatchObject({ kind: "room" });
  expect(world.wiring(caller)).toEqual(world.wiring(agent));
});

test("<Leave> in the waiting room leads to the action", () => {
  const world = createTestCarrier(documents);
  const caller = world.begin("/in");
  world.step(2_000);
  world.played(caller);
  expect(world.fetches("/left")).toMatchObject([{ QueueResult: "leave", QueueTime: "2" }]);
  expect(world.carrier.core.queues.values().next().value?.members).toEqual([]);
});

test("a caller who hangs up is out of the queue", () => {
  const world = createTestCarrier(documents);
  const caller = world.begin("/in");
  world.event(caller, "hung-up");
  expect(world.fetches("/left")).toMatchObject([{ QueueResult: "hangup" }]);
  expect(world.carrier.core.queues.values().next().value?.members).toEqual([]);
});

test("a waiting caller who is sent elsewhere is out of the queue and goes on", () => {
  const world = createTestCarrier(documents);
  const caller = world.begin("/in");
  world.carrier.core.program.replace(caller, "<Response><Pause length='9'/></Response>", "");
  expect(world.carrier.core.queues.values().next().value?.members).toEqual([]);
  expect(caller.activity?.name).toBe("pause");
  expect(world.fetches("/left")).toEqual([]);
});
