import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * A frame is one write, taken whole or not at all:
 *
 *   "RSJ1" | body length (u32) | CRC-32 of length and body (u32) | body
 *   body = key id (8) | session salt (16) | counter (u64) | AES-256-GCM ciphertext | tag (16)
 *
 * Each frame says all that is needed to read it, so that damage to one costs one.
 * A nonce is never used twice: every opening of the journal draws a salt, from which HKDF makes a key of its own,
 * and counts its frames from zero, also those whose write failed.
 */
const magic = Buffer.from("RSJ1");
const headerBytes = 12;
const keyIdBytes = 8;
const saltBytes = 16;
const counterBytes = 8;
const tagBytes = 16;
const prefixBytes = keyIdBytes + saltBytes + counterBytes;

export type Sealer = (plaintext: Uint8Array) => Buffer;

/** @param key 32 bytes */
export function createSealer(key: Uint8Array): Sealer {
  const salt = randomBytes(saltBytes);
  const sessionKey = deriveKey(key, salt);
  const keyId = keyIdOf(key);
  let counter = 0n;
  return (plaintext) => {
    const prefix = Buffer.alloc(prefixBytes);
    keyId.copy(prefix);
    salt.copy(prefix, keyIdBytes);
    prefix.writeBigUInt64BE(counter++, keyIdBytes + saltBytes);
    const cipher = createCipheriv("aes-256-gcm", sessionKey, nonceOf(prefix));
    cipher.setAAD(prefix);
    return frame(Buffer.concat([prefix, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
  };
}

function frame(body: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.writeUInt32BE(body.length, 4);
  header.writeUInt32BE(checksum(header, body), 8);
  return Buffer.concat([header, body]);
}

function checksum(header: Buffer, body: Buffer): number {
  return crc32(body, crc32(header.subarray(4, 8)));
}

export type FrameScan = {
  /** Bodies of whole frames, in order. */
  bodies: Buffer[];
  /** Bytes that are no frame although frames or other data follow them. */
  damagedBytes: number;
  /** Length of the file without a torn last frame. */
  end: number;
};

/** Finds every whole frame, whatever lies between. */
export function scanFrames(file: Buffer): FrameScan {
  const bodies: Buffer[] = [];
  let damagedBytes = 0;
  let at = 0;
  while (at < file.length) {
    const body = frameAt(file, at);
    if (body) {
      bodies.push(body);
      at += headerBytes + body.length;
      continue;
    }
    const next = findFrame(file, at + 1);
    if (next === null) {
      if (isTorn(file, at)) return { bodies, damagedBytes, end: at };
      return { bodies, damagedBytes: damagedBytes + file.length - at, end: file.length };
    }
    damagedBytes += next - at;
    at = next;
  }
  return { bodies, damagedBytes, end: file.length };
}

function frameAt(file: Buffer, at: number): Buffer | null {
  const end = claimedEnd(file, at);
  if (end === null || end > file.length) return null;
  const header = file.subarray(at, at + headerBytes);
  const body = file.subarray(at + headerBytes, end);
  return header.readUInt32BE(8) === checksum(header, body) ? body : null;
}

/** Where the frame that begins here says it ends; null where none begins. */
function claimedEnd(file: Buffer, at: number): number | null {
  if (file.length - at < headerBytes || !file.subarray(at, at + magic.length).equals(magic)) return null;
  const length = file.readUInt32BE(at + 4);
  return length < prefixBytes + tagBytes ? null : at + headerBytes + length;
}

function findFrame(file: Buffer, from: number): number | null {
  for (let at = file.indexOf(magic, from); at !== -1; at = file.indexOf(magic, at + 1)) {
    if (frameAt(file, at)) return at;
  }
  return null;
}

/** One frame cut short, or whose first page never reached the disk; anything longer was acknowledged once. */
function isTorn(file: Buffer, at: number): boolean {
  const end = claimedEnd(file, at);
  return end === null ? file.indexOf(magic, at + 1) === -1 : end >= file.length;
}

export type Opened = { kind: "opened"; plaintext: Buffer } | { kind: "foreign-key" } | { kind: "forged" };
export type Opener = (body: Buffer) => Opened;

/** `foreign-key`: sealed under another key. `forged`: the checksum holds and the seal does not. */
export function createOpener(key: Uint8Array): Opener {
  const keyId = keyIdOf(key);
  const sessionKeys = new Map<string, Buffer>();
  return (body) => {
    if (!body.subarray(0, keyIdBytes).equals(keyId)) return { kind: "foreign-key" };
    const salt = body.subarray(keyIdBytes, keyIdBytes + saltBytes);
    const session = salt.toString("hex");
    const sessionKey = sessionKeys.get(session) ?? deriveKey(key, salt);
    sessionKeys.set(session, sessionKey);
    const plaintext = decrypt(sessionKey, body);
    return plaintext ? { kind: "opened", plaintext } : { kind: "forged" };
  };
}

function decrypt(sessionKey: Buffer, body: Buffer): Buffer | null {
  const prefix = body.subarray(0, prefixBytes);
  const decipher = createDecipheriv("aes-256-gcm", sessionKey, nonceOf(prefix), { authTagLength: tagBytes });
  decipher.setAAD(prefix);
  decipher.setAuthTag(body.subarray(-tagBytes));
  const plaintext = decipher.update(body.subarray(prefixBytes, -tagBytes));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    return null;
  }
}

function nonceOf(prefix: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(4), prefix.subarray(keyIdBytes + saltBytes)]);
}

function deriveKey(key: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, "ringside journal", 32));
}

function keyIdOf(key: Uint8Array): Buffer {
  return createHmac("sha256", key).update("ringside journal key id").digest().subarray(0, keyIdBytes);
}
