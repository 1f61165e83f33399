import type { FastifyBaseLogger } from "fastify";
import { Counter, Histogram, type Registry } from "prom-client";
import type { Ai } from "../port.ts";
import { draw } from "./draw.ts";
import { embed, firstSpace } from "./embed.ts";
import { generate } from "./generate.ts";
import { reportAnswer, type Facts, type Parts } from "./parts.ts";
import { stream } from "./stream.ts";

export type Gateway = Ai & {
  /** Waits for the bills of answers that were given. */
  stop(): Promise<void>;
};
export type GatewayDeps = Omit<Parts, "report" | "later"> & { log: FastifyBaseLogger; registry: Registry };

/**
 * The one way to a model (docs/intelligence.md). Neither what goes in nor what comes out is logged: it is people's own
 * words.
 */
export function createGateway({ log, registry, ...given }: GatewayDeps): Gateway {
  const underWay = new Set<Promise<void>>();
  const later = (work: Promise<void>) => {
    const run = work
      // What it held back is billed as estimated after a while, as when this process had died.
      .catch((error: unknown) => log.error({ err: error }, "what an answer used was not written"))
      .finally(() => underWay.delete(run));
    underWay.add(run);
  };
  const parts: Parts = { ...given, later, report: createReporter(log, registry) };
  return {
    async generate(request) {
      const began = performance.now();
      const answer = await generate(parts, request);
      reportAnswer(parts, "words", request, answer, began);
      return answer;
    },
    async *stream(request) {
      const began = performance.now();
      for await (const part of stream(parts, request)) {
        if (part.kind === "end") reportAnswer(parts, "words", request, part, began);
        yield part;
      }
    },
    async draw(request) {
      const began = performance.now();
      const drawn = await draw(parts, request);
      reportAnswer(parts, "pictures", request, drawn, began);
      return drawn;
    },
    embed: (request) => embed(parts, request),
    space: (request) => firstSpace(parts, request),
    async stop() {
      await Promise.all(underWay);
    },
  };
}

function createReporter(log: FastifyBaseLogger, registry: Registry): (facts: Facts) => void {
  const labelNames = ["task", "outcome"];
  const registers = [registry];
  const requests = new Counter({ name: "ringside_ai_requests_total", help: "Questions to the gateway, by how they came out", labelNames, registers }); // prettier-ignore
  const duration = new Histogram({ name: "ringside_ai_request_seconds", help: "Time until an answer held, or none did", labelNames, registers, buckets: [0.1, 0.3, 1, 2.5, 5, 10, 20, 45, 90] }); // prettier-ignore
  return ({ of, ...facts }) => {
    const { task, outcome, seconds } = facts;
    requests.inc({ task, outcome });
    duration.observe({ task, outcome }, seconds);
    // A desk in a call has texts compared every two seconds, most of them by vectors that are known.
    if (outcome !== "rules") log[of === "vectors" ? "debug" : "info"](facts, "a model was asked");
  };
}
