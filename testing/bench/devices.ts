import { join } from "node:path";
import { WebSocket } from "ws";
import { newEditId, type RecordId } from "../../shared/entities/id.ts";
import type { InputOf } from "../../shared/rpc/define.ts";
import { listLeads } from "../../shared/rpc/contract/leads.ts";
import { editRecords } from "../../shared/rpc/contract/records.ts";
import { protocolVersion, StreamDown, syncPaths } from "../../shared/sync/wire.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { bareBroadcast } from "./bare-broadcast.ts";
import { until } from "../processes/desk.ts";
import { openLab, residentMB, untilLive, type Lab } from "./lab.ts";
import {
  median,
  quantile,
  withFloor,
  type Bench,
  type BenchOptions,
  type Measurement,
} from "./measurement.ts";

const leads = 2_000;
const everything: InputOf<typeof listLeads> = {
  filters: [],
  sort: { field: "score", direction: "desc" },
  search: "",
  offset: 0,
  limit: 100,
};

/** Many devices on one server: how long a change takes from desk to desk, and to all of them. */
export const manyDevices: Bench = {
  ids: ["edit.desk.p95", "server.fanout.p99", "server.rss"],
  async run(options) {
    const fans = options.wants("server.fanout.p99") || options.wants("server.rss");
    return [
      ...(options.wants("edit.desk.p95") ? [await deskToDesk(options)] : []),
      ...(fans ? await fanOut(options) : []),
    ];
  },
};

type Device = {
  token: string;
  deviceId: string;
  socket: WebSocket;
  onChange: (docs: { id: string; city?: unknown }[]) => void;
};

async function openDevices(lab: Lab, count: number, name: string): Promise<Device[]> {
  const devices: Device[] = [];
  for (let index = 0; index < count; index++) {
    const signedIn = await lab.signInDevice(`bench-${name}-device-${index}`);
    devices.push(await openDevice(lab, signedIn));
  }
  return devices;
}

async function openDevice(
  lab: Lab,
  { token, deviceId }: { token: string; deviceId: string },
): Promise<Device> {
  const url = lab.serverUrl.replace(/^http/u, "ws") + syncPaths.stream;
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
  const device: Device = { token, deviceId, socket, onChange: () => {} };
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () =>
      socket.send(
        JSON.stringify({
          type: "hello",
          protocol: protocolVersion,
          device: deviceId,
          scope: "",
          presence: "available",
        }),
      ),
    );
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as StreamDown;
      if (message.type === "welcome") resolve();
      if (message.type === "changes" && message.collection === "leads")
        device.onChange(message.docs as never);
    });
  });
  return device;
}

/** Two real desks with windows, 98 more devices listening. */
async function deskToDesk({ folder, log, runs }: BenchOptions): Promise<Measurement> {
  const lab = await openLab(folder, leads, log);
  const crowd = await openDevices(lab, 98, "crowd");
  const one = await lab.openDesk(join(folder, "desk-one"));
  const two = await lab.openDesk(join(folder, "desk-two"));
  const [from, to] = [await one.openWindow(), await two.openWindow()];
  const rounds: { ours: number[]; bare: number[] }[] = [];
  try {
    await Promise.all([untilLive(from), untilLive(to)]);
    for (let round = 0; round < runs; round++) {
      const ours = await editAcross(from, to, round);
      rounds.push({
        ours,
        bare: await bareBroadcast({ sockets: 1, writes: edits, perSecond: 50, bytes: 800 }),
      });
      log(`desk to desk: p95 ${quantile(ours, 0.95).toFixed(1)} ms, median ${median(ours).toFixed(1)} ms`);
    }
  } finally {
    from.close();
    to.close();
    for (const { socket } of crowd) socket.terminate();
    await one.close();
    await two.close();
    await lab.close();
  }
  const middle = median(rounds.map(({ ours }) => median(ours)));
  return withFloor(
    {
      id: "edit.desk.p95",
      value: median(rounds.map(({ ours }) => quantile(ours, 0.95))),
      unit: "ms",
      reach: "< 60",
      runs,
      note: `of ${edits} a run; median ${middle.toFixed(1)} ms`,
    },
    median(rounds.map(({ bare }) => quantile(bare, 0.95))),
  );
}

const edits = 120;

/** From the command at one desk to the new row in the live list of the other; in ms. */
async function editAcross(from: Client, to: Client, round: number): Promise<number[]> {
  const { rows } = await until(from, listLeads, everything, (value) => value.rows.length > 50);
  const taken: number[] = [];
  for (let index = 0; index < edits; index++) {
    const id = rows[index % 50]?.id as RecordId;
    const city = `Desk ${round}-${index}`;
    const seen = until(to, listLeads, everything, (value) =>
      value.rows.some((row) => row.id === id && row.city === city),
    );
    const startedMs = performance.now();
    await from.call(editRecords, { edits: [{ collection: "leads", id, set: { city } }], label: "Bench" });
    await seen;
    taken.push(performance.now() - startedMs);
  }
  return taken;
}

const devicesConnected = 500;
const writesPerSecond = 50;
const seconds = 60;

type Fan = { delays: number[]; residentMB: number; bare: number[] };

/** 500 devices, 50 writes a second for a minute, on a server that was started for it. */
async function fanOut({ folder, log, runs }: BenchOptions): Promise<Measurement[]> {
  const rounds: Fan[] = [];
  for (let round = 0; round < runs; round++) {
    const lab = await openLab(folder, leads, log);
    const fan = await fanOutOnce(lab).finally(() => lab.close());
    rounds.push(fan);
    log(
      `${fan.delays.length} deliveries, p99 ${quantile(fan.delays, 0.99).toFixed(0)} ms, ${fan.residentMB.toFixed(0)} MB`,
    );
  }
  const medianOf = (value: (fan: Fan) => number) => median(rounds.map(value));
  const count = writesPerSecond * seconds * devicesConnected;
  return [
    withFloor(
      {
        id: "server.fanout.p99",
        value: medianOf(({ delays }) => quantile(delays, 0.99)),
        unit: "ms",
        reach: "< 300",
        runs,
        note: `${count.toLocaleString("en")} deliveries a run, median ${medianOf(({ delays }) => median(delays)).toFixed(0)} ms`,
      },
      medianOf(({ bare }) => quantile(bare, 0.99)),
    ),
    { id: "server.rss", value: medianOf(({ residentMB: size }) => size), unit: "MB", reach: "< 500", runs },
  ];
}

/**
 * When does each device know each change?
 * @throws when one does not
 */
async function fanOutOnce(lab: Lab): Promise<Fan> {
  const devices = await openDevices(lab, devicesConnected, "fan");
  const [reader] = devices;
  if (!reader) throw new Error("no device is connected");
  const held = await pullLeads(lab, reader);
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  for (const device of devices) {
    device.onChange = (docs) => {
      const nowMs = performance.now();
      for (const { city } of docs) {
        const startedMs = sentAt.get(String(city));
        if (startedMs !== undefined) delays.push(nowMs - startedMs);
      }
    };
  }
  const writes = writesPerSecond * seconds;
  const startedMs = performance.now();
  const pushes: Promise<void>[] = [];
  for (let index = 0; index < writes; index++) {
    const dueMs = startedMs + (index * 1000) / writesPerSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const city = `Fan ${index}`;
    sentAt.set(city, performance.now());
    // Each change goes to another lead, so that none is overtaken by the next, and comes from another device: the
    // server bounds how often one may ask.
    pushes.push(push(lab, devices[index % devices.length] ?? reader, held[index % held.length], city));
  }
  await Promise.all(pushes);
  const expected = writes * devicesConnected;
  const deadline = performance.now() + 30_000;
  while (delays.length < expected && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const size = await residentMB(lab.serverPid());
  for (const { socket } of devices) socket.terminate();
  if (delays.length < expected) throw new Error(`only ${delays.length} of ${expected} changes arrived`);
  const bare = await bareBroadcast({
    sockets: devicesConnected,
    writes: 500,
    perSecond: writesPerSecond,
    bytes: 800,
  });
  return { delays, residentMB: size, bare };
}

type HeldLead = { id: string; rev: number; city: string };

async function pullLeads(lab: Lab, { token, deviceId }: Device): Promise<HeldLead[]> {
  const checkpoint = { xid: "0", seq: "0" };
  const body = {
    protocol: protocolVersion,
    device: deviceId,
    collection: "leads",
    checkpoint,
    scope: "",
    limit: 5_000,
  };
  const { docs } = (await post(lab, syncPaths.pull, token, body)) as { docs: HeldLead[] };
  return docs;
}

/** An edit over what stands there, as a desk makes it; what it becomes is remembered in `lead`. */
async function push(
  lab: Lab,
  { token, deviceId }: Device,
  lead: HeldLead | undefined,
  city: string,
): Promise<void> {
  if (!lead) throw new Error("the device holds no leads");
  const edit = {
    editId: newEditId(),
    collection: "leads",
    id: lead.id,
    at: new Date().toISOString(),
    rev: lead.rev,
    kind: "update",
    changes: { city: { from: lead.city, to: city } },
  };
  const { results } = (await post(lab, syncPaths.push, token, {
    protocol: protocolVersion,
    device: deviceId,
    edits: [edit],
    settled: [],
  })) as { results: { outcome: string; doc: HeldLead | null }[] };
  const [result] = results;
  if (!result?.doc || result.outcome === "refused") throw new Error(`not taken: ${JSON.stringify(result)}`);
  Object.assign(lead, { rev: result.doc.rev, city: result.doc.city });
}

async function post(lab: Lab, path: string, token: string, body: unknown): Promise<unknown> {
  const response = await fetch(lab.serverUrl + path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
