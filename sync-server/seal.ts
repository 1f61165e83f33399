import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts what the server must know and nobody may read from its database: carrier and other provider credentials. */
export type Sealer = {
  /** Names the key; changes when the server's secret does. */
  keyId: string;
  /** @param about what it belongs to, e.g. `telephony_accounts/<id>`: sealed text does not open in another place */
  seal(text: string, about: string): string;
  /** @throws when it was sealed with another key or for something else, or was changed */
  open(sealed: string, about: string): string;
};

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key derived (HKDF-SHA256) from the server's secret, which is kept apart from the database. */
export function createSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "ringside sealed credentials 1", 32));
  const keyId = createHash("sha256").update(key).digest("hex").slice(0, 16);
  return {
    keyId,
    seal(text, about) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64");
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const body = bytes.subarray(ivBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
  };
}
