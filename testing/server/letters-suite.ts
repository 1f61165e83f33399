import { sql } from "drizzle-orm";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import type { Letter, WayIn } from "../../sync-server/auth/index.ts";
import { inSystem, inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { openPost, type MailSettings, type Post } from "../../sync-server/letters/index.ts";
import { createSealer } from "../../sync-server/seal.ts";

const link = "https://ringside.example/console/invitation/what-nobody-else-may-read";

/** Letters by a real mail server on this machine, on one kind of database. */
export function lettersSuite(open: () => Promise<Database>): void {
  let db: Database;
  let server: SMTPServer | null = null;
  let posts: Post[] = [];
  let port = 0;
  const received: { from: string; to: string[]; text: string }[] = [];
  const logged: unknown[] = [];
  const log = {
    info: (...line: unknown[]) => void logged.push(line),
    warn: (...line: unknown[]) => void logged.push(line),
  };

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(() => {
    received.length = 0;
    logged.length = 0;
  });
  afterEach(async () => {
    for (const post of posts.splice(0)) await post.stop();
    await stopServer();
    await db.transaction((tx) => tx.execute(sql`TRUNCATE jobs`));
  });
  afterAll(() => db.close());

  const startServer = async (options: { hasTls?: boolean; refuses?: boolean } = {}) => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.hasTls ? [] : ["STARTTLS"],
      onRcptTo: (_address, _session, done) =>
        done(options.refuses ? Object.assign(new Error("no such person"), { responseCode: 550 }) : null),
      onData(stream, { envelope }, done) {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : "";
          const to = envelope.rcptTo.map(({ address }) => address);
          received.push({ from, to, text: Buffer.concat(parts).toString("utf8") });
          done();
        });
      },
    });
    server.on("error", () => {});
    await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve));
    port = (server.server.address() as AddressInfo).port;
  };
  const stopServer = async () => {
    const stopping = server;
    server = null;
    if (stopping) await new Promise<void>((resolve) => stopping.close(resolve));
  };
  const openNode = async (
    more: Partial<MailSettings> = {},
    secret = "a secret of thirty-two characters or more",
  ) => {
    const mail: MailSettings = {
      host: "127.0.0.1",
      port,
      tls: "none",
      login: null,
      from: "post@ringside.example",
      ...more,
    };
    const sealer = createSealer(secret);
    const post = openPost({
      db,
      clock: systemClock,
      timers: systemTimers,
      random: () => 0.5,
      sealer,
      mail,
      log,
    });
    posts.push(post);
    await post.start();
    return post;
  };
  const letter = (more: Partial<WayIn> = {}): WayIn => ({
    ...{
      kind: "invitation",
      to: "nadia@northgate.example",
      link,
      tenant: { id: "one", name: "Northgate" },
      by: "Grace",
    },
    expiresAt: new Date(Date.now() + 3_600_000),
    ...more,
  });
  const send = (post: Post, one: Letter = letter()) =>
    inTenant(db, { tenantId: "one" }, (tx) => post.send(tx, one));
  const waiting = () =>
    inSystem(db, (tx) =>
      rowsOf<{ error: string | null; payload: unknown }>(tx, sql`SELECT error, payload FROM jobs`),
    );
  const soon = <T>(read: () => T) => expect.poll(read, { interval: 10 });

  test("a letter goes out once, in its organisation's name, as text and as a page; its link stands in no log", async () => {
    await startServer();
    const [post] = [await openNode(), await openNode()];
    await send(post);
    await soon(() => waiting()).toEqual([]);
    expect(received).toHaveLength(1);
    const [{ from, to, text } = { from: "", to: [], text: "" }] = received;
    expect([from, to]).toEqual(["post@ringside.example", ["nadia@northgate.example"]]);
    expect(text).toMatch(/^From: "?Northgate \(Ringside\)"? <post@ringside.example>/mu);
    expect(text).toMatch(/^Auto-Submitted: auto-generated/mu);
    expect(text).toContain("Content-Type: text/plain");
    expect(text).toContain("Content-Type: text/html");
    expect(JSON.stringify(logged)).toContain("a letter was sent");
    expect(JSON.stringify(logged)).not.toContain("what-nobody-else-may-read");

    const { by: _, ...notice } = letter();
    await send(post, { ...notice, kind: "unusual-use", says: ["On 1 May: $60.00."] });
    await soon(() => waiting()).toEqual([]);
    expect(received.map(({ text: mail }) => /^Subject: .*/mu.exec(mail)?.[0])).toEqual([
      "Subject: Northgate invites you to Ringside",
      "Subject: Unusual use of AI at Northgate",
    ]);
    expect(received[1]?.text).toContain("On 1 May: $60.00.");
  });

  test("a mail server that is away loses nothing, and a copy of the database opens nothing", async () => {
    await startServer();
    await stopServer();
    await send(await openNode());
    await soon(async () => (await waiting())[0]?.error).toContain("did not take a letter (ESOCKET)");
    expect(JSON.stringify(await waiting())).not.toContain("what-nobody-else-may-read");
    await startServer();
    // Pauses grow with each try; asked for anew, it is tried at once.
    await db.transaction((tx) => tx.execute(sql`UPDATE jobs SET due_at = now()`));
    await soon(() => received.length).toBe(1);
    await soon(() => waiting()).toEqual([]);
  });

  test("nothing is sent in the open where TLS is wanted, nor to a server that nobody vouches for", async () => {
    await startServer();
    await send(await openNode({ tls: "starttls" }));
    await soon(async () => (await waiting())[0]?.error).toMatch(/ETLS|did not take/u);
    await stopServer();
    for (const post of posts.splice(0)) await post.stop();
    await startServer({ hasTls: true });
    await db.transaction((tx) => tx.execute(sql`UPDATE jobs SET due_at = now(), error = NULL`));
    await openNode({ tls: "starttls" });
    await soon(async () => (await waiting())[0]?.error).toMatch(/ESOCKET|ETLS|CERT|SELF_SIGNED/u);
    expect(received).toEqual([]);
  });

  test("what can never arrive is given up: an address that is refused, a link that is over, a secret that is gone", async () => {
    await startServer({ refuses: true });
    const post = await openNode();
    await send(post);
    await soon(() => waiting()).toEqual([]);
    await send(post, letter({ expiresAt: new Date(Date.now() - 1) }));
    await soon(() => waiting()).toEqual([]);
    for (const one of posts.splice(0)) await one.stop();
    const stopped = openPostOf(db, "another secret of thirty-two characters", log);
    await send(stopped);
    await openNode();
    await soon(() => waiting()).toEqual([]);
    expect(received).toEqual([]);
    const said = JSON.stringify(logged);
    for (const why of ["given up", "its link is over", "another secret"]) expect(said).toContain(why);
  });
}

/** One that takes letters and sends none. */
function openPostOf(db: Database, secret: string, log: Parameters<typeof openPost>[0]["log"]): Post {
  const mail: MailSettings = {
    host: "127.0.0.1",
    port: 1,
    tls: "none",
    login: null,
    from: "post@ringside.example",
  };
  const sealer = createSealer(secret);
  return openPost({ db, clock: systemClock, timers: systemTimers, random: () => 0.5, sealer, mail, log });
}
