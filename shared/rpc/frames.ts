import { z } from "zod";

/** Why a call or a query has no answer. `code` is for code, `message` one sentence for a person. */
export const RpcError = z.strictObject({
  code: z.enum([
    "bad-input",
    "unknown-method",
    "signed-out",
    "not-found",
    "forbidden",
    "refused",
    "offline",
    "busy",
    "disk-full",
    "read-only",
    "locked",
    "cancelled",
    "too-large",
    "internal",
  ]),
  message: z.string(),
  details: z.json().optional(),
});
export type RpcError = z.infer<typeof RpcError>;

const id = z.int().min(0);
const name = z.string().max(80);

/** Window to replica. The same frames over a MessagePort and a WebSocket. */
export const FrameUp = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("call"), id, name, input: z.unknown().optional() }),
  z.strictObject({ t: z.literal("watch"), id, name, input: z.unknown().optional() }),
  z.strictObject({ t: z.literal("unwatch"), id }),
]);
export type FrameUp = z.infer<typeof FrameUp>;

/** Replica to window. Built by our own code, so windows need not check them again. */
export type FrameDown =
  | { t: "result"; id: number; value: unknown }
  | { t: "value"; id: number; value: unknown }
  | { t: "failed"; id: number; error: RpcError }
  | { t: "event"; name: string; payload: unknown };

/**
 * One window's end of the wire, whatever carries it. Messages are structured clones (MessagePort) or JSON (WebSocket):
 * values must survive both.
 */
export interface Channel<Out, In> {
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** Called once when the other end is gone; whatever it asked for must go with it. */
  onClose(listener: () => void): void;
  close(): void;
}
