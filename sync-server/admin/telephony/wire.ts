import { z } from "zod";
import { EndReason } from "../../../shared/calls/call-event.ts";
import { Instant } from "../../../shared/entities/fields.ts";
import { pathId, typed } from "../wire.ts";

// What the console asks and hears of lines, numbers and past calls: data only, so that a browser may import it.

export const Provider = z.enum(["twilio", "sip", "simulator"]);
export type Provider = z.infer<typeof Provider>;

/** In the provider's own form, which its own rules check (Carrier.config in telephony/port.ts). */
const ownForm = z.record(z.string().max(300), z.unknown());
const label = typed(100);

export const PhoneAccount = z.strictObject({
  id: z.string(),
  provider: Provider,
  label: z.string(),
  config: ownForm,
  /** Names of the secrets that are kept, never what they are; null = they do not open any more, give them anew. */
  secrets: z.array(z.string()).nullable(),
  /** New calls use it. */
  isLine: z.boolean(),
  numbers: z.int(),
  /** What the carrier has to be told; null = it asks nothing of this server. */
  webhooks: z.strictObject({ voice: z.string(), status: z.string() }).nullable(),
});
export const PhoneAccounts = z.strictObject({ accounts: z.array(PhoneAccount) });

export const NewPhoneAccount = z.strictObject({
  provider: Provider,
  label,
  config: ownForm.default({}),
  credentials: ownForm.default({}),
});
export const ChangePhoneAccount = z
  .strictObject({ label, config: ownForm })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "name at least one change");
/** Those that are named are replaced, null removes one; the others stay as they are. */
export const ChangeSecrets = z.strictObject({
  credentials: z.record(z.string().min(1).max(300), z.string().max(1_000).nullable()),
});
export const ChooseLine = z.strictObject({ accountId: pathId.nullable() });
/** How a carrier answered, as a sentence. */
export const TestedAccount = z.strictObject({ ok: z.boolean(), says: z.string() });

const e164 = z.string().regex(/^\+\d{4,15}$/u);
const assigned = {
  label: z
    .string()
    .trim()
    .max(100)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  /** Key of the queue that callers wait in; empty = the usual one. */
  queue: z.string().max(60),
  /** Rings this person alone. */
  agentId: pathId.nullable(),
  /** Outside of business hours too. */
  alwaysOpen: z.boolean(),
};
export const PhoneNumber = z.strictObject({
  number: z.string(),
  accountId: z.string(),
  ...assigned,
  label: z.string(),
  agentId: z.string().nullable(),
});
export const PhoneNumbers = z.strictObject({ numbers: z.array(PhoneNumber) });
export const NewPhoneNumber = z.strictObject({ number: typed(40), accountId: pathId, ...assigned });
export const ChangePhoneNumber = z.strictObject({ accountId: pathId, ...assigned }).partial();

export const OfferedNumbers = z.strictObject({
  numbers: z.array(
    z.strictObject({
      number: z.string(),
      /** What it is called at the carrier. */
      label: z.string(),
      /** Id of the account that has it here already; null = it can be brought in. */
      accountId: z.string().nullable(),
    }),
  ),
});
export const BringIn = z.strictObject({ numbers: z.array(e164).min(1).max(2_000) });
export const BroughtIn = z.strictObject({ added: z.int() });

const direction = z.enum(["inbound", "outbound"]);
/** How a call ended; `open`: it has not; `missed`: it came in and nobody of us was reached. */
export const CallOutcome = z.enum([...EndReason.options, "open", "missed"]);
export const CallLogFilter = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  direction: direction.optional(),
  outcome: CallOutcome.optional(),
  agentId: pathId.optional(),
  /** Part of a number however it is grouped, or of a lead's name. */
  search: typed(60).optional(),
});
export const CallLogPage = CallLogFilter.extend({
  /** `next` of the page before. */
  before: z
    .string()
    .regex(/^[\d:.TZ-]{20,30}~[\w:.-]{1,64}$/u)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const LoggedCall = z.strictObject({
  id: z.string(),
  startedAt: z.string(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  direction,
  from: z.string(),
  to: z.string(),
  agentId: z.string().nullable(),
  leadName: z.string(),
  /** Empty while it goes on. */
  endReason: z.string(),
  queue: z.string(),
  disposition: z.string(),
  provider: z.string(),
  isRecorded: z.boolean(),
});
export const CallLog = z.strictObject({
  calls: z.array(LoggedCall),
  next: z.string().nullable(),
  /** A search that names no days goes back as far as this. */
  searchedSince: Instant.nullable(),
});

export const CallHistory = z.strictObject({
  call: LoggedCall,
  /** Whole, in the order in which they count. */
  events: z.array(z.strictObject({ receivedAt: Instant, event: z.record(z.string(), z.unknown()) })),
  legs: z.array(
    z.strictObject({
      id: z.string(),
      role: z.string(),
      agentId: z.string().nullable(),
      state: z.string(),
      sid: z.string().nullable(),
      dialledAt: Instant,
      answeredAt: Instant.nullable(),
      endedAt: Instant.nullable(),
    }),
  ),
  /** What its carrier has reported in the last days, and what became of it. */
  deliveries: z.array(
    z.strictObject({
      id: z.string(),
      receivedAt: Instant,
      doneAt: Instant.nullable(),
      attempts: z.int(),
      error: z.string().nullable(),
      notice: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Dials of this call, and of its number, that a rule forbade. */
  blocked: z.array(
    z.strictObject({
      at: Instant,
      actorName: z.string(),
      reason: z.string(),
      to: z.string(),
      ofCall: z.boolean(),
    }),
  ),
});
