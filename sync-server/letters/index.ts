import { v7 } from "uuid";
import { z } from "zod";
import type { Clock, Random, Timers } from "../../shared/result/ports.ts";
import type { Letter, Letters } from "../auth/index.ts";
import type { Database } from "../database/index.ts";
import { addJob, createJobs, type Job, type JobHandler } from "../jobs/index.ts";
import type { Sealer } from "../seal.ts";
import { writeMail } from "./mail.ts";
import { MailRefused, openSmtp, type MailSettings, type Smtp } from "./smtp.ts";

// The door of letters: invitations, links for new passwords and notices, by mail or into a file.
export { type MailSettings } from "./smtp.ts";
export { writeToFile } from "./write-to-file.ts";

export type PostOptions = {
  db: Database;
  clock: Clock;
  timers: Timers;
  random: Random;
  sealer: Sealer;
  mail: MailSettings;
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void };
};

export type Post = Letters & {
  /** Letters go out from now on, by whichever node comes first. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

const kind = "letter.send";
/** More than a week at the longest pause: by then every link is over. */
const mostAttempts = 30_000;

/**
 * Sends letters by mail. Each is a job, written in the transaction that causes it and sealed, as a link may open an account:
 * a mail server that is away loses nothing, and a copy of the database holds no link.
 */
export function openPost({ db, clock, timers, random, sealer, mail, log }: PostOptions): Post {
  const smtp = openSmtp(mail);
  const run = (job: Job) => deliver(job, { smtp, sealer, clock, log });
  const handlers: Record<string, JobHandler> = { [kind]: { run, mostAttempts, retryAfterMs: 2_000 } };
  const jobs = createJobs({
    ...{ db, clock, timers, random, handlers },
    failed: ({ key, attempt }, error) =>
      log.warn({ err: error, key, attempt }, "a letter was not sent, and is tried again"),
  });
  return {
    areMailed: true,
    async send(tx, letter) {
      const key = v7();
      const payload = { sealed: sealer.seal(JSON.stringify(letter), aboutOf(key)), keyId: sealer.keyId };
      const tenantId = letter.tenant?.id ?? "";
      await addJob(tx, { tenantId, kind, key, payload, dueAt: new Date(clock.now()) });
    },
    start: () => jobs.start(),
    async stop() {
      await jobs.stop();
      smtp.close();
    },
  };
}

type Ports = { smtp: Smtp } & Pick<PostOptions, "sealer" | "clock" | "log">;

/** @throws where it should be tried again */
async function deliver({ key, payload }: Job, { smtp, sealer, clock, log }: Ports): Promise<void> {
  const { sealed, keyId } = Payload.parse(payload);
  if (keyId !== sealer.keyId)
    return log.warn({ key }, "a letter was sealed under another secret: it cannot be sent");
  const letter: Letter = StoredLetter.parse(JSON.parse(sealer.open(sealed, aboutOf(key))));
  if (letter.expiresAt.getTime() <= clock.now())
    return log.warn(
      { key, kind: letter.kind },
      "a letter was not sent in time: its link is over, or what it tells is no news",
    );
  try {
    await smtp.send({ id: key, to: letter.to, ...writeMail(letter) });
  } catch (error) {
    if (!(error instanceof MailRefused && error.why === "recipient")) throw error;
    return log.warn({ err: error, key, kind: letter.kind }, "a letter was given up");
  }
  log.info({ key, kind: letter.kind }, "a letter was sent");
}

function aboutOf(key: string): string {
  return `letters/${key}`;
}

const Payload = z.object({ sealed: z.string(), keyId: z.string() });
const posted = z.object({
  to: z.string(),
  link: z.string(),
  expiresAt: z.coerce.date(),
  tenant: z.object({ id: z.string(), name: z.string() }).nullable(),
});
const StoredLetter = z.discriminatedUnion("kind", [
  posted.extend({ kind: z.enum(["invitation", "password-reset"]), by: z.string().nullable() }),
  posted.extend({
    kind: z.enum(["unusual-use", "key-refused", "key-passed-over"]),
    says: z.array(z.string()),
  }),
]);
