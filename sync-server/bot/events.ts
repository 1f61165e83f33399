import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/** Lets a proxy see that the connection lives. */
export const stillHere = Symbol("still here");

/** Answers with server-sent events: each named by its `kind`, its data one line of JSON. */
export function sendEvents<P extends { kind: string }>(
  reply: FastifyReply,
  parts: AsyncIterable<P | typeof stillHere>,
): FastifyReply {
  void reply.type("text/event-stream; charset=utf-8");
  // A proxy that collects answers would take the stream out of it.
  void reply.header("x-accel-buffering", "no").header("cache-control", "no-store");
  return reply.send(Readable.from(framesOf(parts)));
}

async function* framesOf<P extends { kind: string }>(
  parts: AsyncIterable<P | typeof stillHere>,
): AsyncGenerator<string> {
  for await (const part of parts)
    yield part === stillHere ? ": \n\n" : `event: ${part.kind}\ndata: ${JSON.stringify(part)}\n\n`;
}
