import { expect, test } from "vitest";
import type { StreamDown } from "../../../shared/sync/wire.ts";
import { catchUp, sendBatch, type Connection } from "./connection.ts";

const at = (xid: number) => ({ xid: String(xid), seq: "0" });

/** A device whose socket has `waiting` bytes that it did not read yet. */
function connect(waiting: { bytes: number }) {
  const sent: StreamDown[] = [];
  const socket = {
    OPEN: 1,
    readyState: 1,
    get bufferedAmount() {
      return waiting.bytes;
    },
    send: (text: string) => sent.push(JSON.parse(text) as StreamDown),
  };
  const connection = { socket, scope: "s", positions: new Map([["leads", at(1)]]), missed: new Set() };
  return { connection: connection as unknown as Connection, sent };
}

test("[STREAM-4] a device that reads too slowly gets no more batches until it reads again, then a resync", () => {
  const waiting = { bytes: 0 };
  const { connection, sent } = connect(waiting);
  const batch = (to: number) =>
    sendBatch(connection, "leads", at(to), (from) => JSON.stringify({ type: "batch", from }));
  expect(batch(2)).toBe(true);
  waiting.bytes = 2_000_000;
  expect(batch(3)).toBe(false);
  catchUp(connection, new Map([["leads", at(3)]]));
  expect(sent).toHaveLength(1);
  waiting.bytes = 0;
  expect(batch(4), "a hole must not be jumped").toBe(false);
  catchUp(connection, new Map([["leads", at(4)]]));
  expect(sent.at(-1)).toEqual({ type: "resync", collections: ["leads"], scope: "s" });
  expect(batch(5)).toBe(true);
  expect(sent.at(-1)).toEqual({ type: "batch", from: at(4) });
});
