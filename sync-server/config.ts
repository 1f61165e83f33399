import { z } from "zod";
import type { DatabaseConfig } from "./database/index.ts";
import { logLevels, type LogLevel } from "./http/index.ts";
import type { MailSettings } from "./letters/index.ts";

/** Everything that this server takes from its environment; .env.example explains each. */
export type ServerConfig = {
  host: string;
  /** 0 = any free port. */
  port: number;
  database: DatabaseConfig;
  /** Where the server keeps what is not in the database; also the embedded database. */
  dataDir: string;
  /** What browsers and desks reach this server by, without a slash at the end; null = where it listens. */
  publicUrl: string | null;
  /** Signs sessions. Null = made once and kept in `dataDir`. */
  secret: string | null;
  logLevel: LogLevel;
  trustProxy: boolean;
  requestsPerMinute: number;
  metricsToken: string | null;
  /** The demo's carrier is started with the server, so that nobody waits for their first line. */
  demoCarrierAhead: boolean;
  /** What was said in the demo's past calls is written while the server runs, so that there is something to coach. */
  demoPastTalks: boolean;
  /** A model that words what coaching found; null = Ringside's own rules do. */
  ai: {
    baseUrl: string;
    apiKey: string;
    model: string;
    /** Millionths of a US dollar for a million tokens; null = nobody said what it costs. */
    price: { input: number; output: number } | null;
  } | null;
  /** Listens to the calls of tenants that want it; null = carriers alone can write down what is said. */
  speech: SpeechSettings | null;
  /** Identity providers of tenants may stand in this server's own network, and do without TLS. */
  privateIdentityProviders: boolean;
  /** Models that organisations and people bring along may stand in this server's own network. */
  privateModelProviders: boolean;
  /** How long the audit and the bill of models are kept. */
  aiAuditDays: number;
  /** How long conversations with visitors are kept that belong to no lead, from their last word on. */
  chatDays: number;
  /** What may be asked of one account with a provider; what is not named is as usual (ai/guard/limits.ts). */
  modelLimits: { mostAtOnce?: number; requestsPerMinute?: number; tenantRequestsPerMinute?: number };
  /** A company's own exchange, which an admin has tested from here, may stand in this server's own network. */
  privateExchanges: boolean;
  /** Null: letters are written to a file. */
  mail: MailSettings | null;
};

/** @property language BCP 47; null = whatever is spoken */
export type SpeechSettings = {
  provider: "openai" | "deepgram";
  baseUrl: string;
  apiKey: string;
  model: string;
  language: string | null;
};

const usualSpeech = {
  openai: { baseUrl: "https://api.openai.com/v1", model: "gpt-4o-transcribe" },
  deepgram: { baseUrl: "https://api.deepgram.com/v1", model: "nova-3" },
} as const;

const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const emptyAsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAsUnset, schema.optional());

/** What a million tokens cost, in millionths of a dollar as prices are kept. */
const dollars = z.coerce.number().min(0).max(100_000).transform((amount) => Math.round(amount * 1_000_000)); // prettier-ignore

const Environment = z
  .object({
    HOST: optional(z.string()),
    PORT: optional(z.coerce.number().int().min(0).max(65_535)),
    DATA_DIR: optional(z.string()),
    DATABASE_URL: optional(
      z.url({
        protocol: /^postgres(?:ql)?$/u,
        error: "must look like postgresql://user:password@host/database",
      }),
    ),
    DATABASE_POOL: optional(z.coerce.number().int().min(2).max(500)),
    PUBLIC_URL: optional(z.url({ protocol: /^https?$/u })),
    RINGSIDE_SECRET: optional(z.string().min(32, "must have 32 characters or more")),
    LOG_LEVEL: optional(z.enum(logLevels)),
    TRUST_PROXY: optional(flag),
    REQUESTS_PER_MINUTE: optional(z.coerce.number().int().min(1)),
    METRICS_TOKEN: optional(z.string().min(16, "must have 16 characters or more")),
    DEMO_CARRIER_AHEAD: optional(flag),
    DEMO_PAST_TALKS: optional(flag),
    AI_BASE_URL: optional(z.url({ protocol: /^https?$/u })),
    AI_API_KEY: optional(z.string()),
    AI_MODEL: optional(z.string()),
    AI_MODEL_PRICE_INPUT: optional(dollars),
    AI_MODEL_PRICE_OUTPUT: optional(dollars),
    SPEECH_PROVIDER: optional(z.enum(["openai", "deepgram"])),
    SPEECH_BASE_URL: optional(z.url({ protocol: /^https?$/u })),
    SPEECH_API_KEY: optional(z.string()),
    SPEECH_MODEL: optional(z.string()),
    SPEECH_LANGUAGE: optional(
      z.string().regex(/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/iu, "must look like en or en-US"),
    ),
    PRIVATE_IDENTITY_PROVIDERS: optional(flag),
    PRIVATE_MODEL_PROVIDERS: optional(flag),
    AI_AUDIT_DAYS: optional(
      z.coerce.number().int().min(62, "must be 62 or more: budgets of two months count").max(3_650),
    ),
    CHAT_DAYS: optional(z.coerce.number().int().min(1).max(3_650)),
    AI_MOST_AT_ONCE: optional(z.coerce.number().int().min(1).max(10_000)),
    AI_REQUESTS_PER_MINUTE: optional(z.coerce.number().int().min(1)),
    AI_TENANT_REQUESTS_PER_MINUTE: optional(z.coerce.number().int().min(1)),
    PRIVATE_EXCHANGES: optional(flag),
    SMTP_HOST: optional(z.string()),
    SMTP_PORT: optional(z.coerce.number().int().min(1).max(65_535)),
    SMTP_TLS: optional(z.enum(["starttls", "implicit", "none"])),
    SMTP_USER: optional(z.string()),
    SMTP_PASSWORD: optional(z.string()),
    MAIL_FROM: optional(z.email()),
  })
  .refine((env) => env.DATABASE_URL === undefined || env.RINGSIDE_SECRET !== undefined, {
    path: ["RINGSIDE_SECRET"],
    error: "is needed with DATABASE_URL: all nodes must share it",
  })
  .refine((env) => (env.AI_BASE_URL === undefined) === (env.AI_MODEL === undefined), {
    path: ["AI_MODEL"],
    error: "and AI_BASE_URL belong together",
  })
  .refine((env) => (env.AI_MODEL_PRICE_INPUT === undefined) === (env.AI_MODEL_PRICE_OUTPUT === undefined), {
    path: ["AI_MODEL_PRICE_OUTPUT"],
    error: "and AI_MODEL_PRICE_INPUT belong together",
  })
  .refine((env) => env.SMTP_HOST === undefined || env.MAIL_FROM !== undefined, {
    path: ["MAIL_FROM"],
    error: "is needed with SMTP_HOST: an address that the mail server lets out",
  })
  .refine((env) => (env.SMTP_USER === undefined) === (env.SMTP_PASSWORD === undefined), {
    path: ["SMTP_PASSWORD"],
    error: "and SMTP_USER belong together",
  })
  .refine((env) => env.SMTP_TLS !== "none" || env.SMTP_USER === undefined, {
    path: ["SMTP_TLS"],
    error: "must not be none with SMTP_USER: the password would travel in the open",
  });

/** The message has one line per setting that is wrong. */
export class WrongSettings extends Error {}

/** @throws WrongSettings */
export function readConfig(environment: Record<string, string | undefined>): ServerConfig {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")} ${message}`);
    throw new WrongSettings(`The server's settings are not usable:\n${lines.join("\n")}`);
  }
  const env = parsed.data;
  const dataDir = env.DATA_DIR ?? "data/server";
  return {
    host: env.HOST ?? "127.0.0.1",
    port: env.PORT ?? 4780,
    database: env.DATABASE_URL
      ? { kind: "postgres", url: env.DATABASE_URL, poolSize: env.DATABASE_POOL ?? 10 }
      : { kind: "embedded", dataDir },
    dataDir,
    publicUrl: env.PUBLIC_URL?.replace(/\/$/u, "") ?? null,
    secret: env.RINGSIDE_SECRET ?? null,
    logLevel: env.LOG_LEVEL ?? "info",
    trustProxy: env.TRUST_PROXY ?? false,
    requestsPerMinute: env.REQUESTS_PER_MINUTE ?? 1_200,
    metricsToken: env.METRICS_TOKEN ?? null,
    demoCarrierAhead: env.DEMO_CARRIER_AHEAD ?? true,
    demoPastTalks: env.DEMO_PAST_TALKS ?? true,
    ai: modelOf(env),
    speech: speechOf(env),
    privateIdentityProviders: env.PRIVATE_IDENTITY_PROVIDERS ?? false,
    privateModelProviders: env.PRIVATE_MODEL_PROVIDERS ?? false,
    aiAuditDays: env.AI_AUDIT_DAYS ?? 400,
    chatDays: env.CHAT_DAYS ?? 400,
    modelLimits: modelLimitsOf(env),
    privateExchanges: env.PRIVATE_EXCHANGES ?? false,
    mail: mailOf(env),
  };
}

function modelOf(env: z.output<typeof Environment>): ServerConfig["ai"] {
  const { AI_BASE_URL: baseUrl, AI_API_KEY: apiKey = "none", AI_MODEL: model } = env;
  const { AI_MODEL_PRICE_INPUT: input, AI_MODEL_PRICE_OUTPUT: output } = env;
  if (!baseUrl || !model) return null;
  return {
    baseUrl,
    apiKey,
    model,
    price: input !== undefined && output !== undefined ? { input, output } : null,
  };
}

function modelLimitsOf(env: z.output<typeof Environment>): ServerConfig["modelLimits"] {
  const { AI_MOST_AT_ONCE, AI_REQUESTS_PER_MINUTE, AI_TENANT_REQUESTS_PER_MINUTE } = env;
  return {
    ...(AI_MOST_AT_ONCE && { mostAtOnce: AI_MOST_AT_ONCE }),
    ...(AI_REQUESTS_PER_MINUTE && { requestsPerMinute: AI_REQUESTS_PER_MINUTE }),
    ...(AI_TENANT_REQUESTS_PER_MINUTE && { tenantRequestsPerMinute: AI_TENANT_REQUESTS_PER_MINUTE }),
  };
}

const usualPorts = { starttls: 587, implicit: 465, none: 25 } as const;

function mailOf(env: z.output<typeof Environment>): MailSettings | null {
  const { SMTP_HOST: host, SMTP_TLS: tls = "starttls", SMTP_USER: user, SMTP_PASSWORD: password } = env;
  if (host === undefined || env.MAIL_FROM === undefined) return null;
  const login = user === undefined || password === undefined ? null : { user, password };
  return { host, port: env.SMTP_PORT ?? usualPorts[tls], tls, login, from: env.MAIL_FROM };
}

/** What is not named is the provider's own. */
function speechOf(env: z.infer<typeof Environment>): SpeechSettings | null {
  if (!env.SPEECH_PROVIDER) return null;
  const usual = usualSpeech[env.SPEECH_PROVIDER];
  return {
    provider: env.SPEECH_PROVIDER,
    baseUrl: env.SPEECH_BASE_URL?.replace(/\/$/u, "") ?? usual.baseUrl,
    apiKey: env.SPEECH_API_KEY ?? "none",
    model: env.SPEECH_MODEL ?? usual.model,
    language: env.SPEECH_LANGUAGE ?? null,
  };
}
