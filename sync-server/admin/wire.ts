import { z } from "zod";
import { Instant } from "../../shared/entities/fields.ts";
import { TeamId, TenantId, UserId } from "../../shared/entities/id.ts";
import {
  BreakReason,
  Business,
  CallList,
  CustomField,
  Disposition,
  Greeting,
  PhoneRules,
  Queue,
  Role,
  Stage,
} from "../../shared/entities/setting.ts";

// What the admin console and later the public API ask and hear: data only, so that a browser may import it.

/** PostgreSQL text holds everything but NUL, and nothing that people type has control characters in it. */
export const typed = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not contain control characters");
/** An id as it comes in an address. */
export const pathId = z.string().regex(/^[\w:.-]{1,64}$/u);

const given = { rev: true, createdAt: true, updatedAt: true, kept: true } as const;

/** What an admin may make somebody. Operators are made on the server itself. */
export const GrantedRole = z.enum(["admin", "manager", "agent"]);

export const Member = z.strictObject({
  userId: UserId,
  name: z.string(),
  email: z.string(),
  role: Role,
  teamIds: z.array(TeamId),
  active: z.boolean(),
  hasSecondFactor: z.boolean(),
  joinedAt: Instant,
});
export const Invitation = z.strictObject({
  id: z.string(),
  email: z.string(),
  role: Role,
  teamIds: z.array(TeamId),
  invitedBy: z.string(),
  expiresAt: Instant,
  expired: z.boolean(),
});
export const People = z.strictObject({ people: z.array(Member), invitations: z.array(Invitation) });

const teamIds = z.array(pathId).max(100);
export const Invite = z.strictObject({ email: z.email().max(320), role: GrantedRole, teamIds });
/** The link is shown once: only its hash is kept. */
export const Invited = z.strictObject({
  id: z.string(),
  link: z.string(),
  expiresAt: Instant,
  /** A letter with the link is on its way too. */
  mailed: z.boolean(),
});
export const ChangeMember = z
  .strictObject({ role: GrantedRole, teamIds, active: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "name at least one change");
export const PasswordLink = z.strictObject({ link: z.string(), expiresAt: Instant });
export const EndedSessions = z.strictObject({ ended: z.int() });

/** Lower case, with a dot in it. */
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/u,
    "must be a domain such as example.com",
  );
const issuer = z
  .url({ protocol: /^https?$/u, error: "must be an address that begins with https://" })
  .max(500);
/** What somebody unknown becomes; null = they stay out until they are invited. */
const joinsAs = z.enum(["manager", "agent"]).nullable();

/** Where people prove who they are instead of by a password of ours (OpenID Connect). */
export const IdentityProvider = z.strictObject({
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** `lost`: kept under another secret of the server; give it anew. */
  secret: z.enum(["kept", "none", "lost"]),
  domains: z.array(z.string()),
  joinsAs,
  /** People are offered it. */
  enabled: z.boolean(),
  /** Who is known by it. */
  people: z.int(),
  /** What the provider has to be told. */
  redirectUri: z.string(),
});
export const IdentityProviders = z.strictObject({ providers: z.array(IdentityProvider) });
export const NewIdentityProvider = z.strictObject({ name: typed(60), issuer });
export const ChangeIdentityProvider = z
  .strictObject({
    name: typed(60),
    issuer,
    clientId: z.string().trim().max(300),
    domains: z.array(domain).max(50),
    joinsAs,
    enabled: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "name at least one change");
/** Null: this client keeps no secret. */
export const KeepClientSecret = z.strictObject({ secret: z.string().min(1).max(1_000).nullable() });
/** How a provider answered, as a sentence. */
export const TestedProvider = z.strictObject({ ok: z.boolean(), says: z.string() });
export const ForgottenPeople = z.strictObject({ forgotten: z.int() });

export const Team = z.strictObject({ id: TeamId, name: z.string(), userIds: z.array(UserId) });
export const Teams = z.strictObject({ teams: z.array(Team) });
export const NewTeam = z.strictObject({ name: typed(100), userIds: z.array(pathId).max(10_000) });
export const ChangeTeam = NewTeam.partial().refine(
  (change) => Object.keys(change).length > 0,
  "name at least one change",
);

export const Roles = z.strictObject({
  roles: z.array(z.strictObject({ role: Role, title: z.string(), may: z.array(z.string()) })),
});

export const Fields = z.strictObject({ fields: z.array(CustomField) });
export const NewField = CustomField.omit({ ...given, id: true, kind: true, order: true, archived: true });
/** A field keeps its key and type: values of it are out there, some on devices that are offline. */
export const ChangeField = CustomField.pick({
  label: true,
  required: true,
  default: true,
  options: true,
  archived: true,
}).partial();

export const Stages = z.strictObject({ stages: z.array(Stage) });
export const NewStage = Stage.omit({ ...given, id: true, kind: true, order: true, archived: true });
export const ChangeStage = Stage.pick({ label: true, outcome: true, archived: true }).partial();

export const Dispositions = z.strictObject({ dispositions: z.array(Disposition) });
export const NewDisposition = Disposition.omit({
  ...given,
  id: true,
  kind: true,
  order: true,
  archived: true,
});
export const ChangeDisposition = Disposition.pick({
  label: true,
  followUp: true,
  doNotCall: true,
  archived: true,
}).partial();

const made = { ...given, id: true, kind: true, order: true, archived: true } as const;

export const Queues = z.strictObject({ queues: z.array(Queue) });
export const NewQueue = Queue.omit(made);
export const ChangeQueue = NewQueue.omit({ key: true }).extend({ archived: z.boolean() }).partial();

export const CallLists = z.strictObject({ callLists: z.array(CallList) });
export const NewCallList = CallList.omit(made);
export const ChangeCallList = NewCallList.omit({ key: true })
  .extend({ archived: z.boolean(), retryMinutes: CallList.shape.retryMinutes.partial() })
  .partial();

export const Greetings = z.strictObject({ greetings: z.array(Greeting) });
/** Sounds come and are heard at an address of their own (shared/calls/greeting-wire.ts); one that was there may come back. */
const sound = z.string().regex(/^(?:[\w-]{32})?$/u);
export const NewGreeting = Greeting.omit(made).extend({ sound: sound.default("") });
/** A greeting keeps its use: one that is left on machines would be nonsense to a caller. */
export const ChangeGreeting = Greeting.pick({ label: true, text: true, archived: true })
  .extend({ sound })
  .partial();

export const BreakReasons = z.strictObject({ breakReasons: z.array(BreakReason) });
export const NewBreakReason = BreakReason.omit(made);
export const ChangeBreakReason = BreakReason.pick({ label: true, archived: true }).partial();

export const PhoneRuleSettings = PhoneRules.omit({ ...given, id: true, kind: true, order: true });
/** Without the default that older records need: it would be a change that nobody made. */
export const ChangePhoneRules = PhoneRuleSettings.extend({
  detectMachines: z.boolean(),
  transcription: PhoneRules.shape.transcription.unwrap(),
}).partial();

/** A number as somebody types it: with spaces, brackets, with or without its country. */
const typedNumber = typed(40);
/** Would a call be allowed? `at` may lie in the future; without it, now. */
export const TryNumber = z.strictObject({ number: typedNumber.default("none"), at: Instant.optional() });
export const TriedNumber = z.strictObject({
  allowed: z.boolean(),
  /** Sentences, the strongest first. */
  reasons: z.array(z.string()),
  /** When none of them is left; null = never by itself, or allowed. */
  until: Instant.nullable(),
  /** Why a recording is announced there; empty = nothing has to be said. */
  announce: z.string(),
  notes: z.array(z.string()),
  /** IANA, of the called person; empty where the text is no number. */
  zones: z.array(z.string()),
});
const callReason = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not contain control characters");
export const NumberParam = z.strictObject({ number: z.string().regex(/^\+\d{4,15}$/u) });
export const DoNotCallEntry = z.strictObject({
  number: z.string(),
  reason: z.string(),
  /** Who wrote it down. */
  byName: z.string(),
  at: Instant,
});
export const DoNotCallQuery = z.strictObject({
  /** Part of a number or of a reason. */
  search: typed(100).optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\+\d{4,15}$/u)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const DoNotCallList = z.strictObject({
  entries: z.array(DoNotCallEntry),
  /** Of all that fit the search. */
  total: z.int(),
  next: z.string().nullable(),
});
export const NewDoNotCall = z.strictObject({ number: typedNumber, reason: callReason });
/** A number a line; what follows a comma, a semicolon or a tab is its reason. */
export const DoNotCallImport = z.strictObject({
  text: z
    .string()
    .max(500_000)
    .regex(/^[^\p{Cs}\0]*$/u),
  reason: callReason,
});
export const DoNotCallImported = z.strictObject({
  added: z.int(),
  /** Stood there before, or twice in the text. */
  known: z.int(),
  refused: z.array(z.strictObject({ line: z.int(), text: z.string(), why: z.string() })),
});

/** Every id of the list, in the order wanted. */
export const Order = z.strictObject({ ids: z.array(pathId).min(1).max(1_000) });

export const BusinessSettings = Business.omit({ ...given, id: true, kind: true, order: true });
/** What is named is changed, of the words one by one; the rest stays as others have made it. */
export const ChangeBusiness = BusinessSettings.extend({
  terms: z.partialRecord(Business.shape.terms.keyType, Business.shape.industry),
}).partial();

export const Device = z.strictObject({
  id: z.string(),
  userId: UserId,
  userName: z.string(),
  name: z.string(),
  platform: z.string(),
  appVersion: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  state: z.enum(["signed-in", "signed-out", "revoked", "wipe-pending", "wiped"]),
});
export const Devices = z.strictObject({ devices: z.array(Device) });

export const Session = z.strictObject({
  id: z.string(),
  userId: UserId,
  userName: z.string(),
  deviceId: z.string().nullable(),
  ip: z.string(),
  userAgent: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** The one that asks. */
  current: z.boolean(),
});
export const Sessions = z.strictObject({ sessions: z.array(Session) });

export const AuditFilter = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  actorId: pathId.optional(),
  /** The beginning of it: `member.` finds everything about members. */
  action: z
    .string()
    .regex(/^[\w.-]{1,60}$/u)
    .optional(),
  subject: z
    .string()
    .regex(/^[\w:./-]{1,160}$/u)
    .optional(),
});
export const AuditPage = AuditFilter.extend({
  /** `next` of the page before. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const AuditEntry = z.strictObject({
  id: z.int(),
  at: Instant,
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  /** What it is called now; null = it is gone, or has no name. */
  subjectName: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
});
export const AuditEntries = z.strictObject({ entries: z.array(AuditEntry), next: z.int().nullable() });

export const Health = z.strictObject({
  database: z.enum(["embedded", "postgres"]),
  databaseMB: z.number(),
  upS: z.int(),
  protocol: z.int(),
  records: z.record(z.string(), z.int()),
  devicesOnline: z.int(),
  devices: z.int(),
  /** Of this process, in MB. */
  residentMB: z.number(),
  /** Who converts, as it was last learned; null = not yet. */
  conversion: z
    .strictObject({
      version: z.int(),
      /** Calls that it was learned from, and how many of them led to a win. */
      contacts: z.int(),
      converted: z.int(),
      /** Of calls that it had not seen: area under the curve, calibration error; null = too few. */
      auc: z.number().nullable(),
      ece: z.number().nullable(),
      /** What has changed since before, in words. */
      alerts: z.array(z.string()),
      /** There are enough calls to say whether they are like those before them. */
      compared: z.boolean(),
      /** Enough calls have an outcome to say whether its probabilities still hold. */
      judged: z.boolean(),
    })
    .nullable(),
});
export type Health = z.infer<typeof Health>;

/** What organisations buy, each with everything of those before it. */
export const Plan = z.enum(["receptionist", "sales", "suite", "enterprise"]);
export const Tenant = z.strictObject({
  id: TenantId,
  name: z.string(),
  kind: z.enum(["customer", "operations", "demo"]),
  plan: Plan.nullable(),
  createdAt: Instant,
  suspendedAt: Instant.nullable(),
  people: z.int(),
  devices: z.int(),
  leads: z.int(),
  calls: z.int(),
  lastActiveAt: Instant.nullable(),
});
export const Tenants = z.strictObject({ tenants: z.array(Tenant) });
export const ChangeTenant = z.strictObject({ plan: Plan.nullable() });
export const NewTenant = z.strictObject({ name: typed(200), adminEmail: z.email().max(320) });
export const MadeTenant = z.strictObject({ id: TenantId, invitation: Invited });

export const Me = z.strictObject({
  userId: UserId,
  tenantId: TenantId,
  role: Role,
  teamIds: z.array(TeamId),
  /** Addresses under /api/v1 that this role may use, as `GET /people`. */
  may: z.array(z.string()),
});

export const UserParam = z.strictObject({ userId: pathId });
export const IdParam = z.strictObject({ id: pathId });
export const CollectionQuery = z.strictObject({
  collection: z.enum(["leads", "deals", "listings"]).optional(),
});
export const PipelineQuery = z.strictObject({ pipeline: z.enum(["leads", "deals"]).optional() });
