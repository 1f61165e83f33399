import { z } from "zod";
import { Instant } from "../entities/fields.ts";
import { DeviceId, TeamId, TenantId, UserId } from "../entities/id.ts";
import { Role } from "../entities/setting.ts";

/**
 * How a desk (or a browser) signs in. Paths, all JSON, errors are `WireError`:
 *
 *     POST   /api/v1/session/sign-in                 SignInRequest          → SignInResponse
 *     POST   /api/v1/session/second-factor           SecondFactorRequest    → SignedIn
 *     POST   /api/v1/session/sign-out                (signed in)            → 204
 *     POST   /api/v1/session/wiped                   (the token that was)   → 204: nothing is left on the device
 *     GET    /api/v1/session                         (signed in)            → SessionInfo
 *     GET    /api/v1/session/demo                                           → DemoPeople, 404 where there is no demo
 *     POST   /api/v1/session/demo                    DemoSignInRequest      → SignedIn
 *     GET    /api/v1/session/invitations/:token                             → InvitationInfo
 *     POST   /api/v1/session/invitations/:token      AcceptInvitation       → SignInResponse
 *     POST   /api/v1/session/password                ChangePassword         → 204 (signed in)
 *     POST   /api/v1/session/password-reset          RequestReset           → 202, whether or not the address is known
 *     POST   /api/v1/session/password-reset/:token   ResetPassword          → 204
 *     POST   /api/v1/session/second-factor/setup     ConfirmPassword        → SecondFactorSetup (signed in)
 *     POST   /api/v1/session/second-factor/confirm   ConfirmCode            → 204 (signed in)
 *     POST   /api/v1/session/second-factor/remove    ConfirmPassword        → 204 (signed in)
 *     POST   /api/v1/session/providers               FindProviders          → SignInProviders
 *     POST   /api/v1/session/providers/:id/begin     BeginAtProvider        → BegunAtProvider
 *     POST   /api/v1/session/providers/finish        FinishAtProvider       → FinishedAtProvider
 *
 * A desk sends `Authorization: Bearer <token>` afterwards. 401 `revoked` and 401 `wiped` mean [SES-2] and [SES-3];
 * 401 `unauthorised` on sign-in means a wrong address, password or code, never which of them; 401 `wiped` means that
 * this installation must remove what it holds, its `installation` included, before anybody signs in there again;
 * 429 carries `details.retryAfterS`.
 */
export const sessionPath = "/api/v1/session";

export const Password = z.string().min(12).max(128);
/** Longer than any we accept as new is refused before it is hashed. */
const typedPassword = z.string().min(1).max(128);
const emailAddress = z.email().max(320);

/**
 * The machine as its owner will find it in a list of devices.
 * `installation` is random text that the desk makes once per data folder and keeps outside its replicas: the same
 * person signing in there again gets the same `deviceId`, so that edits still waiting are known as that device's.
 * A wipe removes it too.
 */
export const DeviceRegistration = z.strictObject({
  installation: z.string().min(16).max(64),
  name: z.string().min(1).max(120),
  platform: z.enum(["windows", "macos", "linux", "other"]),
  appVersion: z.string().max(40),
});
export type DeviceRegistration = z.infer<typeof DeviceRegistration>;

/** A desk gets a bearer token; a browser gets an HttpOnly cookie and no token to lose. */
export const SignInClient = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("desk"), device: DeviceRegistration }),
  z.strictObject({ kind: z.literal("browser") }),
]);
export type SignInClient = z.infer<typeof SignInClient>;

export const SignInRequest = z.strictObject({
  email: emailAddress,
  password: typedPassword,
  client: SignInClient,
  /** For people of several tenants; without it, the one that they joined first. */
  tenantId: TenantId.optional(),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

export const SessionInfo = z.strictObject({
  tenant: z.strictObject({ id: TenantId, name: z.string() }),
  /** Every tenant of this person, this one included. */
  tenants: z.array(z.strictObject({ id: TenantId, name: z.string() })),
  user: z.strictObject({ id: UserId, name: z.string(), email: z.string() }),
  role: Role,
  teamIds: z.array(TeamId),
  sessionId: z.string(),
  /** Null in a browser: nothing is kept there that could be wiped. */
  deviceId: DeviceId.nullable(),
  /** Moves forward while the session is used. */
  expiresAt: Instant,
  hasSecondFactor: z.boolean(),
  /** True where anybody may become anybody: the demo tenant on a loopback address. */
  demo: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

export const SignedIn = z.strictObject({
  outcome: z.literal("signed-in"),
  /** Null in a browser. */
  token: z.string().nullable(),
  session: SessionInfo,
});
export type SignedIn = z.infer<typeof SignedIn>;

export const SecondFactorNeeded = z.strictObject({
  outcome: z.literal("second-factor"),
  /** Stands for the password until `expiresAt`; good for five wrong codes. */
  challenge: z.string(),
  expiresAt: Instant,
});
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>;

export const SignInResponse = z.discriminatedUnion("outcome", [SignedIn, SecondFactorNeeded]);
export type SignInResponse = z.infer<typeof SignInResponse>;

export const SecondFactorRequest = z.strictObject({
  challenge: z.string().regex(/^[\w.%-]{20,400}$/u),
  /** `totp`: six digits of an authenticator; `backup`: one of the codes written down at set-up, good once. */
  method: z.enum(["totp", "backup"]),
  code: z.string().min(6).max(40),
  client: SignInClient,
  tenantId: TenantId.optional(),
});
export type SecondFactorRequest = z.infer<typeof SecondFactorRequest>;

export const DemoPerson = z.strictObject({
  userId: UserId,
  name: z.string(),
  role: Role,
  /** What they see, in a few words: “Agent, New business”. */
  about: z.string(),
});
export type DemoPerson = z.infer<typeof DemoPerson>;

export const DemoPeople = z.strictObject({ tenantName: z.string(), people: z.array(DemoPerson) });
export type DemoPeople = z.infer<typeof DemoPeople>;

export const DemoSignInRequest = z.strictObject({ userId: UserId, client: SignInClient });
export type DemoSignInRequest = z.infer<typeof DemoSignInRequest>;

export const InvitationInfo = z.strictObject({
  tenantName: z.string(),
  invitedBy: z.string(),
  email: z.string(),
  role: Role,
  expiresAt: Instant,
  /** True: the person has a password already and confirms with it. */
  hasAccount: z.boolean(),
});
export type InvitationInfo = z.infer<typeof InvitationInfo>;

/** `name` counts only for a person without an account; `password` is the new or the existing one. */
export const AcceptInvitation = z.strictObject({
  name: z.string().min(1).max(200),
  password: typedPassword,
  client: SignInClient,
});
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

export const ChangePassword = z.strictObject({
  current: typedPassword,
  next: Password,
  /** Signs out everywhere but here. */
  endOtherSessions: z.boolean(),
});
export type ChangePassword = z.infer<typeof ChangePassword>;

export const RequestReset = z.strictObject({ email: emailAddress });
export type RequestReset = z.infer<typeof RequestReset>;

/** Ends every session of the person. */
export const ResetPassword = z.strictObject({ password: Password });
export type ResetPassword = z.infer<typeof ResetPassword>;

export const ConfirmPassword = z.strictObject({ password: typedPassword });
export type ConfirmPassword = z.infer<typeof ConfirmPassword>;

export const SecondFactorSetup = z.strictObject({
  /** `otpauth://` address for an authenticator's QR code. */
  totpUri: z.string(),
  backupCodes: z.array(z.string()),
});
export type SecondFactorSetup = z.infer<typeof SecondFactorSetup>;

/** Two factors are asked for only after one code proved that the authenticator works. */
export const ConfirmCode = z.strictObject({ code: z.string().regex(/^\d{6}$/u) });
export type ConfirmCode = z.infer<typeof ConfirmCode>;

/** What a link in an invitation or a reset carries. */
export const LinkToken = z.string().regex(/^[\w-]{20,200}$/u);

/** `email` null: nobody has typed one yet. */
export const FindProviders = z.strictObject({ email: emailAddress.nullable() });

/** Where people of an organisation may sign in instead of with a password of ours. */
export const SignInProvider = z.strictObject({ id: z.string(), name: z.string(), organisation: z.string() });
export type SignInProvider = z.infer<typeof SignInProvider>;
export const SignInProviders = z.strictObject({ providers: z.array(SignInProvider) });

/** SHA-256 in base64url, as `FinishAtProvider.verifier` must have it. */
const sha256 = z.string().regex(/^[\w-]{43}$/u);

/**
 * A browser is sent to `url` and comes back signed in. A desk opens `url` in the browser of its person, shows `code`,
 * and asks with `FinishAtProvider` until the person has said there that the code is theirs: what opens the session
 * never stands in an address.
 */
export const BeginAtProvider = z.strictObject({
  client: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("desk"),
      verifierHash: sha256,
      /** As the person will recognise it: the name of its device. */
      name: z.string().min(1).max(120),
    }),
    z.strictObject({ kind: z.literal("browser") }),
  ]),
  /** Spares the person from typing it again. */
  email: emailAddress.nullable(),
});
export type BeginAtProvider = z.infer<typeof BeginAtProvider>;

export const BegunAtProvider = z.strictObject({
  requestId: z.string(),
  /** At the provider. */
  url: z.string(),
  /** What desk and browser both show; null for a browser. */
  code: z.string().nullable(),
  expiresAt: Instant,
});
export type BegunAtProvider = z.infer<typeof BegunAtProvider>;

export const FinishAtProvider = z.strictObject({
  requestId: z.string().regex(/^[\w-]{1,64}$/u),
  verifier: z.string().regex(/^[\w-]{43,128}$/u),
  client: z.strictObject({ kind: z.literal("desk"), device: DeviceRegistration }),
});
export type FinishAtProvider = z.infer<typeof FinishAtProvider>;

export const FinishedAtProvider = z.discriminatedUnion("outcome", [
  SignedIn,
  z.strictObject({ outcome: z.literal("waiting") }),
]);
export type FinishedAtProvider = z.infer<typeof FinishedAtProvider>;
