import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../testing/simulator/eventually.ts";
import { WebSocketServer, type WebSocket } from "ws";
import {
  ownNumber,
  startTestSimulator,
  type TestSimulator,
} from "../../../testing/simulator/start-test-simulator.ts";
import { createClient } from "../../../testing/simulator/twilio-client.ts";

// The whole carrier in one process, its clock stepped: who hears whom, what is transcribed, streamed and failed.

let carrier: TestSimulator;
beforeEach(async () => {
  carrier = await startTestSimulator({ steppedClock: true, seed: 7 });
});
afterEach(() => carrier.close());

const step = (stepMs: number) => carrier.control("POST", "/clock", { stepMs });
const doing = async (): Promise<unknown[]> => {
  const { calls } = (await carrier.control("GET", "/")) as { calls: { doing: string | null }[] };
  return calls.map((call) => call.doing);
};

const conference = (extra = "") =>
  `<Response>${extra}<Dial><Conference beep="false">room</Conference></Dial></Response>`;

/** Two robots in one conference: the agent with a transcription on his leg, the customer without. */
async function letTwoTalk(transcription: string): Promise<void> {
  carrier.webhooks.answers.set("/voice", ({ From }) =>
    conference(From === "+14155550177" ? `<Start>${transcription}</Start>` : ""),
  );
  const straight = { script: "tone", mode: "straight", stays: true };
  await carrier.control("POST", "/calls", { ...straight, speaker: "agent", from: "+14155550177" });
  await carrier.control("POST", "/calls", { ...straight, speaker: "customer" });
  await eventually(doing).toEqual(["conference", "conference"]);
}

const said = () =>
  carrier.webhooks.of("/said").filter((one) => one["TranscriptionEvent"] === "transcription-content");
const wordsOf = (one: Record<string, string>) =>
  (JSON.parse(one["TranscriptionData"] ?? "") as { transcript: string }).transcript;

test("both sides are transcribed where they are heard, in Twilio's form", async () => {
  await letTwoTalk(`<Transcription statusCallbackUrl="${carrier.webhooks.url}/said"/>`);
  await step(16_000);
  await eventually(() => said().length).toBe(4);
  const ordered = said().toSorted((a, b) => Number(a["SequenceId"]) - Number(b["SequenceId"]));
  expect(ordered.map((one) => [one["Track"], wordsOf(one)])).toEqual([
    ["inbound_track", "Hello, how can I help you?"],
    ["outbound_track", "Hello, I would like to talk about the offer you sent me."],
    ["inbound_track", "Of course, what would you like to know?"],
    ["outbound_track", "What does it cost, and when can we begin?"],
  ]);
  expect(ordered.map((one) => one["SequenceId"])).toEqual(["2", "3", "4", "5"]);
  expect(ordered.every((one) => one["Final"] === "true")).toBe(true);
});

test("partial results come word by word where they are asked for", async () => {
  const url = `${carrier.webhooks.url}/said`;
  await letTwoTalk(`<Transcription statusCallbackUrl="${url}" partialResults="true" track="inbound_track"/>`);
  await step(3_000);
  await eventually(() => said().filter((one) => one["Final"] === "true").length).toBe(1);
  const partial = said().filter((one) => one["Final"] === "false");
  expect(partial.map(wordsOf)).toContain("Hello, how can");
  expect(partial.every((one) => one["Track"] === "inbound_track")).toBe(true);
});

test("somebody on hold is heard by nobody and transcribed nowhere", async () => {
  await letTwoTalk(
    `<Transcription statusCallbackUrl="${carrier.webhooks.url}/said" track="outbound_track"/>`,
  );
  const client = createClient(carrier.url);
  const [room] = await client.conferences.list();
  const [customer] = await client.calls.list({ from: "+14155550100" });
  if (!room || !customer) throw new Error("nobody is in the conference");
  await client.conferences(room.sid).participants(customer.sid).update({ hold: true });
  await step(16_000);
  await carrier.control("POST", `/calls/${customer.sid}/hang-up`);
  await eventually(() => carrier.webhooks.of("/number").length).toBeGreaterThan(0);
  expect(said()).toEqual([]);
});

test("a conference is recorded from its beginning to its end", async () => {
  const recorded = `record="record-from-start" recordingStatusCallback="/recorded"`;
  carrier.webhooks.answers.set(
    "/voice",
    () =>
      `<Response><Dial><Conference beep="false" endConferenceOnExit="true" ${recorded}>room</Conference></Dial></Response>`,
  );
  const straight = { script: "tone", mode: "straight", stays: true };
  await carrier.control("POST", "/calls", { ...straight, speaker: "agent" });
  const { callSid } = await carrier.control("POST", "/calls", { ...straight, speaker: "customer" });
  await eventually(doing).toEqual(["conference", "conference"]);
  await step(8_000);
  await carrier.control("POST", `/calls/${String(callSid)}/hang-up`);
  await eventually(() => carrier.webhooks.of("/recorded")).toMatchObject([
    { RecordingStatus: "completed", RecordingDuration: "8", RecordingSource: "Conference" },
  ]);
  expect(await doing()).toEqual([]);
});

test("a connected media stream carries what the caller says as µ-law, and his keys", async () => {
  const { url, frames, close } = await startStreamServer();
  carrier.webhooks.answers.set(
    "/voice",
    () =>
      `<Response><Connect><Stream url="${url}"><Parameter name="lead" value="42"/></Stream></Connect><Hangup/></Response>`,
  );
  const { callSid } = await carrier.control("POST", "/calls", {
    script: "tone",
    mode: "straight",
    stays: true,
  });
  await eventually(() => frames.map((frame) => frame["event"])).toContain("start");
  await step(5_000);
  await carrier.control("POST", `/calls/${String(callSid)}/digits`, { digits: "5" });
  await eventually(() => frames.map((frame) => frame["event"])).toContain("dtmf");
  expect(frames[0]).toEqual({ event: "connected", protocol: "Call", version: "1.0.0" });
  expect(frames[1]).toMatchObject({
    event: "start",
    sequenceNumber: "1",
    start: {
      callSid,
      tracks: ["inbound"],
      customParameters: { lead: "42" },
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
    },
  });
  const media = frames.filter((frame) => frame["event"] === "media") as unknown as {
    media: Record<string, string>;
  }[];
  expect(media.length).toBeGreaterThan(200);
  expect(media.every((one) => Buffer.from(one.media["payload"] ?? "", "base64").length === 160)).toBe(true);
  expect(new Set(media.map((one) => one.media["track"]))).toEqual(new Set(["inbound"]));
  close();
  await eventually(() => carrier.webhooks.of("/number")).toMatchObject([{ CallStatus: "completed" }]);
});

test("what the stream's far end sends is heard, and its marks come back when it has been", async () => {
  const { url, frames, sockets, close } = await startStreamServer();
  carrier.webhooks.answers.set(
    "/voice",
    () => `<Response><Connect><Stream url="${url}"/></Connect></Response>`,
  );
  const { callSid } = await carrier.control("POST", "/calls", { script: "tone", stays: true });
  await eventually(() => frames.map((frame) => frame["event"])).toContain("start");
  const heard: number[] = [];
  carrier.simulator.engine.tap("ear", { callSid: String(callSid) }, ([frame]) =>
    heard.push(frame?.heard?.[0] ?? 0),
  );
  const [socket] = sockets;
  socket?.send(
    JSON.stringify({ event: "media", media: { payload: Buffer.alloc(320, 0x00).toString("base64") } }),
  );
  socket?.send(JSON.stringify({ event: "mark", mark: { name: "done" } }));
  socket?.send("not a frame");
  await eventually(async () => {
    await step(20);
    return frames.find((frame) => frame["event"] === "mark");
  }).toMatchObject({ mark: { name: "done" } });
  expect(heard.filter((sample) => sample === -32_124)).toHaveLength(2);
  close();
});

test("callbacks are doubled, shuffled and forged when they are told to be", async () => {
  carrier.webhooks.answers.set("/voice", () => "<Response><Hangup/></Response>");
  await carrier.control("PUT", "/faults", { duplicate: 1, forge: 1 });
  await carrier.control("POST", "/calls", { script: "tone" });
  await eventually(() => carrier.webhooks.of("/number").length).toBe(3);
  const genuine = carrier.webhooks.received.filter((one) => one.path === "/number").map((one) => one.genuine);
  expect(genuine.toSorted()).toEqual([false, true, true]);
});

test("the control API tells of reports and keys as they happen", async () => {
  carrier.webhooks.answers.set("/voice", () => conference());
  const { options } = carrier.simulator;
  const gone = new AbortController();
  const events = await fetch(`${carrier.url}/control/events`, {
    headers: { authorization: `Bearer ${options.controlToken}` },
    signal: gone.signal,
  });
  const told: Record<string, unknown>[] = [];
  const reading = (async () => {
    for await (const chunk of events.body?.pipeThrough(new TextDecoderStream()) ?? [])
      told.push(
        ...chunk
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Record<string, unknown>),
      );
  })().catch(() => undefined);
  const { callSid } = await carrier.control("POST", "/calls", { script: "tone", stays: true });
  await eventually(doing).toEqual(["conference"]);
  await carrier.control("POST", `/calls/${String(callSid)}/digits`, { digits: "7" });
  await carrier.control("POST", `/calls/${String(callSid)}/hang-up`);
  await eventually(() => told).toMatchObject([
    { event: "digit", callSid, digit: "7", at: expect.any(Number) },
    { event: "status", callSid, status: "completed" },
  ]);
  gone.abort();
  await reading;
});

test("the control API wants its token, and says what is wrong with what it is asked", async () => {
  expect((await fetch(`${carrier.url}/control/`)).status).toBe(401);
  await expect(carrier.control("PUT", "/faults", { drop: 2 })).rejects.toThrow("400");
  await expect(carrier.control("POST", "/calls", { script: "nobody" })).rejects.toThrow("no such script");
  await expect(carrier.control("PUT", "/outcomes/+14155550123", { kind: "melts" })).rejects.toThrow("400");
});

test("an outgoing robot drops the call in the middle", async () => {
  await carrier.control("PUT", "/outcomes/+14155550123", { kind: "drops", afterMs: 1_000, talkMs: 4_000 });
  const call = carrier.simulator.carrier.place({
    from: ownNumber,
    to: "+14155550123",
    endpoint: { kind: "number", number: "+14155550123" },
    callback: null,
    machineDetection: false,
    detectsMessageEnd: false,
    asyncDetection: null,
    timeoutMs: 30_000,
    timeLimitMs: 60_000,
    answered: (leg) =>
      carrier.simulator.carrier.core.program.replace(leg, "<Response><Pause length='60'/></Response>", ""),
  });
  await step(1_200);
  expect(call.status).toBe("in-progress");
  await step(4_000);
  expect(call.status).toBe("completed");
});

interface StreamServer {
  url: string;
  frames: Record<string, unknown>[];
  sockets: WebSocket[];
  close(): void;
}

async function startStreamServer(): Promise<StreamServer> {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const frames: Record<string, unknown>[] = [];
  const sockets: WebSocket[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (data) =>
      frames.push(JSON.parse((data as Buffer).toString("utf8")) as Record<string, unknown>),
    );
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    frames,
    sockets,
    close: () => {
      for (const socket of sockets) socket.close();
      server.close();
      http.close();
    },
  };
}

test("what answers is told beside the call, and a machine keeps what is said after its tone", async () => {
  const client = createClient(carrier.url);
  const place = (to: string) =>
    client.calls.create({
      ...{ to, from: ownNumber, twiml: '<Response><Pause length="60"/></Response>' },
      ...{ machineDetection: "DetectMessageEnd", asyncAmd: "true" },
      asyncAmdStatusCallback: `${carrier.webhooks.url}/picked-up`,
    });
  const [machine, person] = [await place("+15005550004"), await place("+15005550007")];
  await step(3_500);
  expect((await client.calls(machine.sid).fetch()).status).toBe("in-progress");
  await eventually(() => carrier.webhooks.of("/picked-up")).toMatchObject([
    { CallSid: person.sid, AnsweredBy: "human", MachineDetectionDuration: "1500" },
  ]);
  await step(10_000);
  await eventually(() => carrier.webhooks.of("/picked-up").slice(1)).toMatchObject([
    { CallSid: machine.sid, AnsweredBy: "machine_end_beep" },
  ]);
  await client.calls(machine.sid).update({
    twiml: "<Response><Say>Please call us back when you have a minute.</Say><Hangup/></Response>",
  });
  await step(10_000);
  expect((await client.calls(machine.sid).fetch()).status).toBe("completed");
  const { messages } = (await carrier.control("GET", "/messages")) as { messages: { loudMs: number }[] };
  expect(messages).toMatchObject([{ callSid: machine.sid, to: "+15005550004" }]);
  expect(messages[0]?.loudMs).toBeGreaterThan(1_000);
});
