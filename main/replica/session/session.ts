import { join } from "node:path";
import { z } from "zod";
import type { UserId } from "../../../shared/entities/id.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { SessionState } from "../../../shared/rpc/contract/session.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { DemoPeople, SignedIn, SignInProvider } from "../../../shared/sync/session-wire.ts";
import { diskTroubleOf } from "../pglite-storage/index.ts";
import { createTurns } from "../database/turns.ts";
import type { StopReason } from "../sync/sync-machine.ts";
import { Account, accountOf, secretNames } from "./account.ts";
import { tokenOf, type AuthClient } from "./auth-client.ts";
import { followPerson } from "./follow-person.ts";
import type { HostPort } from "./host-port.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";
import { createLeaving, type Left, type What } from "./leaving.ts";
import { blockOf, type Blocked, type Desk } from "./open-desk.ts";
import { createProviderSignIn, type ProviderSignIn } from "./provider-sign-in.ts";
import { unlessLocked } from "./unless-locked.ts";

export type DemoPerson = DemoPeople["people"][number];

/** Who works on this data folder: from opening it to signing out. */
export type Session = {
  state(): SessionState;
  demoPeople(): readonly DemoPerson[];
  /** The open desk; null while nobody is signed in. */
  desk(): Desk | null;
  onChange(listener: () => void): () => void;
  /** Opens the desk of whoever was signed in last; works without the server. */
  start(): Promise<void>;
  signIn(email: string, password: string): Promise<Result<{ next: "signed-in" | "two-factor" }, RpcError>>;
  verifyTwoFactor(code: string): Promise<Result<void, RpcError>>;
  findProviders(email: string | null): Promise<readonly SignInProvider[]>;
  /** A sign-in that goes on in the person's browser. */
  provider: ProviderSignIn;
  signInDemo(userId: UserId): Promise<Result<void, RpcError>>;
  signOut(unsent: "ask" | "keep" | "discard"): Promise<Result<void, RpcError>>;
  /** To be told when the server has ended the session of the open desk ([SES-2], [SES-3]). */
  ended(why: StopReason): void;
  close(): Promise<void>;
};

export type SessionPorts = {
  dataDir: string;
  serverUrl: string;
  /** Sign in as the demo's first agent where nobody has been signed in yet. */
  demo: boolean;
  host: HostPort;
  auth: AuthClient;
  clock: Clock;
  timers: Timers;
  openDesk: (account: Account, token: string | null) => Promise<Result<Desk, Blocked>>;
};

const retryBlockedMs = 3_000;
const retryDemoMs = 2_000;
const opening: SessionState = { state: "opening", note: "Opening your desk…" };

const Current = z.object({ account: Account });

export function createSession(ports: SessionPorts): Session {
  const { dataDir, serverUrl, host, auth, clock, timers } = ports;
  const currentPath = join(dataDir, "session.json");
  const leaving = createLeaving({ dataDir, currentPath, host, auth, timers });
  const takeTurn = createTurns();
  const listeners = new Set<() => void>();
  let state: SessionState = opening;
  let desk: Desk | null = null;
  let people: readonly DemoPerson[] = [];
  let challenge: string | null = null;
  let cancelRetry = () => {};
  let cancelDemo = () => {};
  let closed = false;
  const provider = createProviderSignIn({
    ...{ auth, clock, timers },
    changed: () => show(state),
    enter: (signed) => signingIn(() => enter(signed)),
  });

  function show(next: SessionState): void {
    state = next;
    for (const tell of listeners) tell();
  }

  async function start(): Promise<void> {
    const reading = readDemoPeople();
    await takeTurn(async () => {
      const left = await leaving.finish();
      if (left) return show({ state: "signed-out", reason: reasonOf(left) });
      const current = await readJsonFile(currentPath, Current);
      if (current && current.account.serverUrl === serverUrl) return open(current.account);
      show({ state: "signed-out", reason: null });
    });
    void reading;
  }

  /** Until the server has answered; a desk without a server has no use for them. */
  async function readDemoPeople(): Promise<void> {
    const answer = await auth.demoPeople();
    if (closed) return;
    if (!answer) return readDemoPeopleLater();
    people = answer;
    show(state);
    const first = people.find(({ role }) => role === "agent");
    // Nobody waits for it; a folder that takes nothing now may in a moment.
    if (ports.demo && first) await takeTurn(() => enterDemoOnce(first)).catch(readDemoPeopleLater);
  }

  function readDemoPeopleLater(): void {
    if (!closed) cancelDemo = timers.after(retryDemoMs, () => void readDemoPeople());
  }

  async function enterDemoOnce(person: DemoPerson): Promise<void> {
    const hadSomebody = await readJsonFile(
      join(dataDir, "demo.json"),
      z.object({ entered: z.literal(true) }),
    );
    if (hadSomebody || state.state !== "signed-out" || desk) return;
    const signed = await auth.signInDemo(person.userId);
    // A server that has just been started may be too busy to answer in time.
    if (!signed.ok) return readDemoPeopleLater();
    await writeJsonFile(join(dataDir, "demo.json"), { entered: true });
    await enter(signed.value);
  }

  async function open(account: Account): Promise<void> {
    cancelRetry();
    const token = await unlessLocked(host.secrets.read(secretNames(account).token));
    if (token.ok) return openWith(account, token.value);
    waitBlocked(lockedKeychain(token.error), () => open(account));
  }

  async function openWith(account: Account, token: string | null): Promise<void> {
    cancelRetry();
    const opened = await ports.openDesk(account, token);
    if (!opened.ok) return waitBlocked(opened.error, () => openWith(account, token));
    desk = opened.value;
    const { person, tenant } = account;
    show({ state: "signed-in", person, tenant, ended: token === null ? "revoked" : null });
    const mine = desk;
    followPerson(mine, (now) => takePerson(mine, now));
    mine.start();
  }

  /** Of the desk that is open: what is written later could be somebody's who has left. */
  function takePerson(of: Desk, account: Account): void {
    if (desk !== of || state.state !== "signed-in") return;
    show({ ...state, person: account.person });
    const keep = async () => (desk === of ? noteCurrent(account) : undefined);
    // Where the disk takes nothing the next start learns it from the records.
    void takeTurn(keep).catch(() => {});
  }

  function noteCurrent(account: Account): Promise<void> {
    return writeJsonFile(currentPath, { account } satisfies z.infer<typeof Current>);
  }

  function waitBlocked(blocked: Blocked, again: () => Promise<void>): void {
    show(blocked);
    // Somebody else may sign in while its turn comes.
    const stillBlocked = () => (state === blocked ? again() : Promise.resolve());
    cancelRetry = timers.after(retryBlockedMs, () => void takeTurn(stillBlocked));
  }

  async function enter(signed: SignedIn): Promise<Result<void, RpcError>> {
    const token = tokenOf(signed);
    if (!token.ok) return token;
    const account = accountOf(serverUrl, signed.session);
    if (!account)
      return err({ code: "internal", message: "The server does not know this desk as a device." });
    // What was to be removed goes before anybody's desk is opened again.
    if (!(await leaving.enter())) return err(stillLeaving);
    const kept = await unlessLocked(host.secrets.write(secretNames(account).token, token.value));
    if (!kept.ok) return kept;
    challenge = null;
    provider.leave();
    // A new folder takes seconds: nobody is asked to sign in meanwhile. A desk that was open stays on the screen.
    if (state.state !== "signed-in") show(opening);
    await closeDesk();
    await openFirst(account, token.value);
    return ok();
  }

  /** The next start has to find whose desk this is. A folder that takes nothing now may in a moment. */
  async function openFirst(account: Account, token: string): Promise<void> {
    try {
      await noteCurrent(account);
    } catch (cause) {
      return waitBlocked({ state: "blocked", ...blockOf(cause) }, () => openFirst(account, token));
    }
    await openWith(account, token);
  }

  async function closeDesk(): Promise<void> {
    cancelRetry();
    const closing = desk;
    desk = null;
    await closing?.close();
  }

  function signingIn<T>(work: () => Promise<Result<T, RpcError>>): Promise<Result<T, RpcError>> {
    return takeTurn(() => work().catch(signInNotKept));
  }

  async function signIn(
    email: string,
    password: string,
  ): Promise<Result<{ next: "signed-in" | "two-factor" }, RpcError>> {
    const answer = await auth.signIn(email, password);
    if (!answer.ok) return refusedAgain(answer.error);
    if (answer.value.outcome === "signed-in") {
      const entered = await enter(answer.value);
      return entered.ok ? ok({ next: "signed-in" }) : entered;
    }
    challenge = answer.value.challenge;
    if (!desk) show({ state: "two-factor" });
    return ok({ next: "two-factor" });
  }

  async function verifyTwoFactor(code: string): Promise<Result<void, RpcError>> {
    if (challenge === null) return err({ code: "signed-out", message: "Sign in with your password first." });
    const answer = await auth.verifyTwoFactor(challenge, code);
    return answer.ok ? enter(answer.value) : refusedAgain(answer.error);
  }

  /** Nobody signs in on a device that is to be wiped; the desk that was revoked there asks at once. */
  function refusedAgain(error: RpcError): Result<never, RpcError> {
    if (state.state === "signed-in" && state.ended !== null) desk?.engine.now();
    return err(error);
  }

  async function signInDemo(userId: UserId): Promise<Result<void, RpcError>> {
    const answer = await auth.signInDemo(userId);
    return answer.ok ? enter(answer.value) : refusedAgain(answer.error);
  }

  async function signOut(unsent: "ask" | "keep" | "discard"): Promise<Result<void, RpcError>> {
    if (!desk) return ok(show({ state: "signed-out", reason: null }));
    const counts = desk.journal.counts();
    const waiting = counts.unsent + counts.refused + counts.blocked;
    if (waiting > 0 && unsent === "ask") return err(unsentEdits(waiting));
    const keeps = waiting > 0 ? unsent === "keep" : unsent !== "discard" && (await hasAside(desk));
    const left = await leave(desk, keeps ? "all-but-edits" : "everything");
    show({ state: "signed-out", reason: reasonOf(left) });
    return ok();
  }

  /** Removes what a person leaves on this machine. It is written down first: whatever ends us, the next start goes on. */
  async function leave({ account, token }: Desk, what: What): Promise<Left> {
    await leaving.begin(account, what);
    await closeDesk();
    if (token !== null) await auth.signOut(token);
    return (await leaving.finish()) ?? what;
  }

  function ended(why: StopReason): void {
    if (why === "wiped") return void takeTurn(wipe);
    if (state.state === "signed-in") show({ ...state, ended: why });
  }

  async function wipe(): Promise<void> {
    if (!desk) return;
    show({ state: "signed-out", reason: reasonOf(await leave(desk, "wipe")) });
    // Those that cannot be asked show it all the same.
    await host.reloadWindows().catch(() => {});
  }

  return {
    state: () => state,
    demoPeople: () => people,
    desk: () => desk,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start,
    signIn: (email, password) => signingIn(() => signIn(email, password)),
    verifyTwoFactor: (code) => signingIn(() => verifyTwoFactor(code)),
    findProviders: (email) => auth.findProviders(email),
    provider,
    signInDemo: (userId) => signingIn(() => signInDemo(userId)),
    signOut: (unsent) => takeTurn(() => signOut(unsent)),
    ended,
    async close() {
      closed = true;
      cancelDemo();
      leaving.stop();
      provider.leave();
      await takeTurn(closeDesk);
    },
  };
}

/** Nobody is kept signed in by a machine that forgets them at the next start. */
function signInNotKept(cause: unknown): Result<never, RpcError> {
  const code = diskTroubleOf(cause);
  if (!code) throw cause;
  return err({ code, message: notKept[code] });
}

const notKept = {
  "disk-full": "The disk is full, so your sign-in could not be kept. Sign in again when there is room.",
  "read-only":
    "Ringside may not write to its folder, so your sign-in could not be kept. Sign in again when it may.",
};

function lockedKeychain({ message }: RpcError): Blocked {
  return { state: "blocked", code: "keychain", message };
}

/** Nobody is asked about these: what becomes of them only the server says. */
async function hasAside({ callsAside }: Desk): Promise<boolean> {
  const calls = await callsAside.read().catch(() => []);
  return calls.length > 0;
}

function unsentEdits(count: number): RpcError {
  const message =
    count === 1 ? "One edit is not on the server yet." : `${count} edits are not on the server yet.`;
  return { code: "refused", message, details: { unsent: count } };
}

const stillLeaving: RpcError = {
  code: "busy",
  message: "What was on this computer is still being removed. Try again in a moment.",
};

/** What whoever comes next reads. */
function reasonOf(left: Left): string | null {
  if (left === "wipe") return "This device was wiped: everything that it held has been removed.";
  if (left === "in-part")
    return "Not everything that is to be removed from this computer could be removed yet. It is tried again.";
  return null;
}
