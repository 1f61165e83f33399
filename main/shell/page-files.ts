import { randomBytes } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";

export interface PageFile {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".wav": "audio/wav",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * Serves the built page from a folder, for both shells. Paths without an extension are the page's own routes.
 * @param connectTo origins that the page may connect to besides its own
 */
export function servePage(folder: string, connectTo: string[] = []): (path: string) => Promise<PageFile> {
  const policyOf = (file: string | null, nonce: string) =>
    contentPolicy(file === phonePage ? [...connectTo, ...carriers] : connectTo, nonce);
  return async (path) => {
    const file = fileOf(path);
    const nonce = randomBytes(16).toString("base64");
    const headers = { ...lasting, "content-security-policy": policyOf(file, nonce) };
    const body = file === null ? null : await readInside(folder, file);
    if (file === null || body === null)
      return { status: 404, headers: { ...headers, ...missing }, body: notFound };
    const page = extname(file) === ".html" ? tellNonce(body, nonce) : body;
    const apart = file === phonePage ? inItsOwnProcess : {};
    return { status: 200, headers: { ...headers, ...describeFile(file), ...apart }, body: page };
  };
}

/** Libraries that write a style sheet of their own say this to be allowed to; it is another one with every page. */
function tellNonce(page: Buffer, nonce: string): Buffer {
  return Buffer.from(
    page.toString().replace("<head>", `<head>\n    <meta name="csp-nonce" content="${nonce}" />`),
  );
}

/** The page that owns the line, and no other, may talk to a carrier. */
const phonePage = "phone.html";
/**
 * A pop-up shares the process of the page that opened it, and dies with it when that one crashes. With another policy
 * than its opener's it gets a process of its own, and the call outlives the desk.
 */
const inItsOwnProcess = { "cross-origin-opener-policy": "same-origin-allow-popups" };
/** Twilio, or the company's own PBX at whatever name it has; the simulator runs on this machine, without TLS. */
const carriers = ["wss:", "ws://127.0.0.1:*"];

/** Scripts come from our own files and nowhere else, style sheets too but for those that know this page's nonce. */
function contentPolicy(connectTo: string[], nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    ["connect-src 'self'", ...connectTo].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const lasting = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
};
const missing = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
const notFound = Buffer.from("Not found\n");

function describeFile(file: string): Record<string, string> {
  return {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    // The build puts a hash of the content into the names of these.
    "cache-control": file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  };
}

function fileOf(path: string): string | null {
  const decoded = decode(path);
  if (decoded === null || decoded.includes("\0") || decoded.includes("\\")) return null;
  return extname(decoded) === "" ? "index.html" : decoded.slice(1);
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Null when there is no such file, or when it lies (or its link points) outside of the folder. */
async function readInside(folder: string, file: string): Promise<Buffer | null> {
  try {
    const [base, target] = await Promise.all([realpath(folder), realpath(join(folder, file))]);
    return target.startsWith(base + sep) ? await readFile(target) : null;
  } catch {
    return null;
  }
}
