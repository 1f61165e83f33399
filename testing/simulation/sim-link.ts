import type { z } from "zod";
import { createOneShot } from "./one-shot.ts";
import type {
  StreamLine,
  StreamListener,
  SyncTransport,
  TransportError,
} from "../../main/replica/sync/transport.ts";
import { transportErrorOf } from "../../main/replica/sync/transport-errors.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import { PullResponse, PushResponse, StreamDown, syncPaths, WireError } from "../../shared/sync/wire.ts";
import type { Dice } from "./random.ts";
import type { SimServer } from "./sim-server.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What a link does to those who use it, as probabilities and milliseconds. */
export type Weather = {
  /** A request that never arrives. */
  loseRequest: number;
  /** A request that the server takes and whose answer never arrives. */
  loseAnswer: number;
  /** A request that arrives twice, the second time late: the server meets its own past. */
  repeatRequest: number;
  /** The stream breaks at a message. */
  breakStream: number;
  /** An answer that is not ours: a proxy's page. */
  nonsense: number;
  mostDelayMs: number;
};

export const calm: Weather = {
  loseRequest: 0,
  loseAnswer: 0,
  repeatRequest: 0,
  breakStream: 0,
  nonsense: 0,
  mostDelayMs: 5,
};
export const storm: Weather = {
  loseRequest: 0.08,
  loseAnswer: 0.12,
  repeatRequest: 0.12,
  breakStream: 0.03,
  nonsense: 0.04,
  mostDelayMs: 4_000,
};

/** What really happened, so that a run that was calm by chance does not pass for a test. */
export const faultKinds = [
  "lostRequests",
  "lostAnswers",
  "repeatedRequests",
  /** Answered later than a second after it was asked. */
  "lateAnswers",
  /** Answered after something that was asked later. */
  "overtakenAnswers",
  "brokenStreams",
  "nonsense",
  "refusedByOutage",
] as const;
type FaultKind = (typeof faultKinds)[number];
export type FaultCounts = Record<FaultKind, number>;

export function noFaults(): FaultCounts {
  return Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as FaultCounts;
}

export type SimLink = SyncTransport & {
  weather: Weather;
  /** False: no network at all. */
  up: boolean;
};

export type SimLinkDeps = {
  time: VirtualTime;
  dice: Dice;
  server: SimServer;
  token: string;
  counts: FaultCounts;
};

/** A way to the simulated server that drops, delays, repeats and reorders. */
export function createSimLink({ time, dice, server, token, counts }: SimLinkDeps): SimLink {
  const giveUpMs = 20_000;
  const nobody: TransportError = { kind: "no-answer", trouble: null };
  /** Requests in the order in which they were asked: the number of the last one, and of the last that was answered. */
  let asked = 0;
  let answered = 0;
  const link: SimLink = { weather: storm, up: true, pull, push, openStream };

  const delay = () => time.sleep(dice.between(1, link.weather.mostDelayMs));

  function pull(request: unknown) {
    return ask(syncPaths.pull, request, PullResponse);
  }
  function push(request: unknown) {
    return ask(syncPaths.push, request, PushResponse);
  }

  async function ask<S extends z.ZodType>(
    path: string,
    request: unknown,
    schema: S,
  ): Promise<Result<z.output<S>, TransportError>> {
    const { weather } = link;
    const number = (asked += 1);
    const askedMs = time.now();
    await delay();
    if (!link.up) return lost("refusedByOutage");
    if (dice.chance(weather.loseRequest)) return lost("lostRequests");
    if (dice.chance(weather.repeatRequest)) {
      counts.repeatedRequests++;
      time.after(
        dice.between(1, 3 * weather.mostDelayMs),
        () => void time.hold(server.post(path, token, request)),
      );
    }
    const answer = await time.hold(server.post(path, token, request));
    if (!answer) return lost("refusedByOutage");
    if (dice.chance(weather.loseAnswer)) return lost("lostAnswers");
    await delay();
    if (!link.up) return lost("lostAnswers");
    if (dice.chance(weather.nonsense)) {
      counts.nonsense++;
      return err({ kind: "no-answer", trouble: "The server gave an answer that makes no sense." });
    }
    if (time.now() - askedMs > 1_000) counts.lateAnswers++;
    if (number < answered) counts.overtakenAnswers++;
    answered = Math.max(answered, number);
    return read(answer, schema);
  }

  async function lost(why: FaultKind): Promise<Result<never, TransportError>> {
    counts[why]++;
    if (why !== "refusedByOutage") await time.sleep(giveUpMs);
    return err(nobody);
  }

  function read<S extends z.ZodType>(
    answer: { status: number; body: unknown },
    schema: S,
  ): Result<z.output<S>, TransportError> {
    if (answer.status === 200) return ok(schema.parse(answer.body));
    const { error } = WireError.parse(answer.body);
    return err(transportErrorOf({ kind: "refused", status: answer.status, error }));
  }

  /** Messages of one stream keep their order, as TCP keeps it; requests overtake them freely. */
  function openStream(listener: StreamListener): StreamLine {
    const end = createOneShot((why: TransportError) => {
      line?.terminate();
      listener.closed(why);
    });
    let line: Awaited<ReturnType<SimServer["openSocket"]>> = null;
    let lastArrival = 0;
    const waiting: string[] = [];

    function deliver(work: () => void): void {
      lastArrival = Math.max(lastArrival, time.now() + dice.between(1, link.weather.mostDelayMs));
      time.after(lastArrival - time.now(), () => {
        if (!link.up) return end.fire(nobody);
        if (!end.isOver()) work();
      });
    }

    async function open(): Promise<void> {
      await delay();
      if (end.isOver()) return;
      line = link.up ? await time.hold(server.openSocket(token).catch(() => null)) : null;
      if (!line) {
        counts.refusedByOutage++;
        return end.fire(nobody);
      }
      line.on("message", (data) => {
        if (dice.chance(link.weather.breakStream)) {
          counts.brokenStreams++;
          return deliver(() => end.fire(nobody));
        }
        deliver(() => listener.message(StreamDown.parse(JSON.parse(String(data)))));
      });
      line.on("close", () => deliver(() => end.fire(nobody)));
      if (end.isOver()) return line.terminate();
      deliver(() => listener.opened());
      for (const text of waiting) line.send(text);
    }
    void open();

    return {
      send(message) {
        const text = JSON.stringify(message);
        time.after(dice.between(1, link.weather.mostDelayMs), () => {
          if (!end.isOver() && link.up) line?.send(text);
        });
      },
      close() {
        end.cancel();
        line?.terminate();
      },
    };
  }

  return link;
}
