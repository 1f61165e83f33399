import { createTransport } from "nodemailer";

/** Where mail goes out, as the settings say. */
export type MailSettings = {
  host: string;
  port: number;
  /** `starttls`: begins in the open and refuses to go on so; `implicit`: TLS from the first byte; `none`: for a relay on this machine. */
  tls: "starttls" | "implicit" | "none";
  /** Null: the server asks for none. */
  login: { user: string; password: string } | null;
  /** An address of ours that the mail server lets out. */
  from: string;
};

export type Outgoing = {
  /** The same for the same letter, so that a mail program shows one that went out twice once. */
  id: string;
  to: string;
  fromName: string;
  subject: string;
  text: string;
  html: string;
};

/** `recipient`: the mail server will never take a letter to this address; anything else may be over in a while. */
export class MailRefused extends Error {
  readonly why: "recipient" | "trouble";
  constructor(why: MailRefused["why"], message: string) {
    super(message);
    this.why = why;
  }
}

export type Smtp = {
  /** @throws MailRefused */
  send(mail: Outgoing): Promise<void>;
  close(): void;
};

const timeoutMs = 20_000;

export function openSmtp({ host, port, tls, login, from }: MailSettings): Smtp {
  const transport = createTransport({
    ...{ host, port, secure: tls === "implicit", requireTLS: tls === "starttls", ignoreTLS: tls === "none" },
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    // Nothing that a letter says makes this server read files or ask addresses.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    async send({ id, fromName, ...mail }) {
      try {
        await transport.sendMail({
          ...mail,
          from: { name: fromName, address: from },
          messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
          // Nobody's "out of office" answers to it.
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close: () => transport.close(),
  };
}

type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

/** Without what the mail server said word for word: some repeat what they were given. */
function refusalOf(error: unknown): MailRefused {
  const { code = "unknown", responseCode, command = "" } = error as SmtpError;
  const isForEver = command === "RCPT TO" && responseCode !== undefined && responseCode >= 500;
  const said = responseCode === undefined ? code : `${code} ${responseCode}`;
  return isForEver
    ? new MailRefused("recipient", `the mail server takes no letters to this address (${said})`)
    : new MailRefused("trouble", `the mail server did not take a letter (${said})`);
}
