import { WebSocket } from "ws";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { newEditId, newRecordId } from "../../shared/entities/id.ts";
import type { Edit } from "../../shared/sync/edit.ts";
import {
  feedStart,
  isAfter,
  protocolVersion,
  syncPaths,
  type Checkpoint,
  type PullResponse,
  type PushResponse,
  type StreamDown,
  type WireError,
} from "../../shared/sync/wire.ts";
import type { TestPerson } from "./test-identities.ts";
import type { TestServer } from "./start-test-server.ts";

type Answer<T> = { status: number; body: T };
/** Records as a device of a test holds them. */
export type HeldDoc = Record<string, unknown> & { id: string; rev: number };

/** The least that a device does: pushes, pulls into a map, listens. Real HTTP, no journal, no merging. */
export function createTestDevice(
  server: Pick<TestServer, "url" | "identities">,
  who: TestPerson,
  options: { tenantId?: string; deviceId?: string } = {},
) {
  const signedIn = server.identities.signIn(who, options);
  const held = new Map<string, HeldDoc>();
  const checkpoints = new Map<CollectionName, Checkpoint>();
  const scopes = new Map<CollectionName, string>();
  const base = { protocol: protocolVersion, device: signedIn.deviceId };

  async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
    const response = await fetch(server.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${signedIn.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  async function pullPage(
    collection: CollectionName,
    limit: number,
  ): Promise<Answer<PullResponse & WireError>> {
    return post(syncPaths.pull, {
      ...base,
      collection,
      checkpoint: checkpoints.get(collection) ?? feedStart,
      scope: scopes.get(collection) ?? "",
      limit,
    });
  }

  function take(collection: CollectionName, page: Pick<PullResponse, "docs" | "gone">): void {
    for (const doc of page.docs) {
      const key = `${collection}/${doc.id}`;
      if (doc.rev >= (held.get(key)?.rev ?? 0)) held.set(key, doc as HeldDoc);
    }
    for (const id of page.gone) held.delete(`${collection}/${id}`);
  }

  return {
    ...signedIn,
    post,
    base,
    held,
    checkpoints,
    scopes,
    pullPage,
    get: (collection: CollectionName, id: string) => held.get(`${collection}/${id}`),
    of: (collection: CollectionName) =>
      [...held].filter(([key]) => key.startsWith(`${collection}/`)).map(([, doc]) => doc),

    /** Pulls a collection to its end. @returns the pages */
    async pull(collection: CollectionName, limit = 5_000): Promise<PullResponse[]> {
      const pages: PullResponse[] = [];
      for (;;) {
        const { status, body } = await pullPage(collection, limit);
        if (status !== 200) throw new Error(`pull: ${status} ${JSON.stringify(body)}`);
        take(collection, body);
        checkpoints.set(collection, body.checkpoint);
        scopes.set(collection, body.scope);
        pages.push(body);
        if (body.done) return pages;
      }
    },

    async push(...edits: Edit[]): Promise<PushResponse["results"]> {
      const { status, body } = await post<PushResponse>(syncPaths.push, { ...base, edits, settled: [] });
      if (status !== 200) throw new Error(`push: ${status} ${JSON.stringify(body)}`);
      return body.results;
    },

    /** A stream that has been welcomed; messages are kept in order. */
    listen: (presence = "available", scope = "") =>
      openStream(server.url, signedIn.token, { ...base, type: "hello", scope, presence }),

    take,
    isAhead: (collection: CollectionName, of: Checkpoint) =>
      isAfter(checkpoints.get(collection) ?? feedStart, of),
  };
}

export type TestDevice = ReturnType<typeof createTestDevice>;
export type TestStream = Awaited<ReturnType<typeof openStream>>;

async function openStream(url: string, token: string, hello: unknown) {
  const socket = new WebSocket(url.replace(/^http/u, "ws") + syncPaths.stream, {
    headers: { authorization: `Bearer ${token}` },
  });
  const messages: StreamDown[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)) as StreamDown);
    for (const check of waiting) check();
  });
  socket.on("close", () => {
    for (const check of waiting) check();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  socket.send(JSON.stringify(hello));

  /** The first message (also an earlier one) that fits. @throws after `timeoutMs` */
  function next<T extends StreamDown>(
    fits: (message: StreamDown) => message is T,
    timeoutMs?: number,
  ): Promise<T>;
  function next(fits: (message: StreamDown) => boolean, timeoutMs?: number): Promise<StreamDown>;
  function next(fits: (message: StreamDown) => boolean, timeoutMs = 40_000): Promise<StreamDown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(
          new Error(
            `no such message within ${timeoutMs} ms; got ${JSON.stringify(messages).slice(0, 2_000)}`,
          ),
        );
      }, timeoutMs);
      const check = () => {
        const found = messages.find(fits);
        if (found === undefined) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  }

  return {
    socket,
    messages,
    next,
    send: (message: unknown) => socket.send(JSON.stringify(message)),
    welcomed: () => next((message) => message.type === "welcome" || message.type === "end"),
    /** The batch that carries this record or takes it away. */
    batchWith: (id: string, timeoutMs?: number) =>
      next(
        (message): message is Extract<StreamDown, { type: "changes" }> =>
          message.type === "changes" &&
          (message.docs.some((doc) => doc.id === id) || message.gone.some((gone) => gone === id)),
        timeoutMs,
      ),
    async close(): Promise<void> {
      if (socket.readyState === socket.CLOSED) return;
      await new Promise<void>((resolve) => {
        socket.once("close", () => resolve());
        socket.close();
      });
    },
  };
}

const at = "2026-01-01T09:00:00.000Z";

/** Edits as a desk makes them. `rev` is what the person had seen. */
export const edit = {
  create(collection: CollectionName, fields: Record<string, unknown>, id: string = newRecordId()): Edit {
    return { editId: newEditId(), collection, id, at, rev: 0, kind: "create", fields } as Edit;
  },
  update(
    collection: CollectionName,
    id: string,
    rev: number,
    changes: Record<string, { from: unknown; to: unknown }>,
  ): Edit {
    return { editId: newEditId(), collection, id, at, rev, kind: "update", changes } as Edit;
  },
  remove(collection: CollectionName, id: string, rev: number): Edit {
    return { editId: newEditId(), collection, id, at, rev, kind: "delete" } as Edit;
  },
  restore(collection: CollectionName, id: string, rev: number): Edit {
    return { editId: newEditId(), collection, id, at, rev, kind: "restore" } as Edit;
  },
};
