import { expect } from "vitest";

/** Waits for what becomes true by itself; a laden machine takes its time. */
export const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read);
