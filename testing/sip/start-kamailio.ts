import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LineAccess } from "../../shared/calls/server-wire.ts";

const binaries = ["/usr/sbin/kamailio", "/usr/local/sbin/kamailio"];

/** Null where Kamailio is not installed (Debian: `kamailio kamailio-websocket-modules`). */
export const kamailio: string | null = binaries.find((path) => existsSync(path)) ?? null;

export type Exchange = {
  /** `ws://127.0.0.1:port` */
  server: string;
  domain: string;
  password: string;
  /** Of whoever has this name; everybody has the same password. */
  accessOf(name: string, as?: { server?: string; password?: string }): LineAccess;
  /** Breaks every connection: the process ends and begins anew on the same port, its registrations forgotten. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/**
 * A company's exchange on this machine: registrar and proxy over WebSocket, digest sign-in, two processes. The first
 * change of a call that jo asks for meets one of the other side's, twice kim's callers are not taken off hold, lee is sent
 * elsewhere with the first change, and pat's changes say that sam is there now.
 */
export async function startKamailio(): Promise<Exchange> {
  if (kamailio === null) throw new Error("Kamailio is not installed");
  const binary = kamailio;
  const folder = await mkdtemp(join(tmpdir(), "ringside-sip-"));
  const [sipPort, wsPort] = [await freePort(), await freePort()];
  const config = join(folder, "kamailio.cfg");
  await writeFile(config, configOf({ sipPort, wsPort, modules: findModules() }));
  let stop = await run();

  async function run(): Promise<() => Promise<void>> {
    const child = spawn(binary, ["-DD", "-E", "-f", config, "-Y", folder, "-m", "32", "-M", "8"], {
      stdio: ["ignore", "ignore", "pipe"],
      // A group of its own: Kamailio forks, and what it forked must go with it.
      detached: true,
    });
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4_000);
    });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    await untilOpen(wsPort, () => (child.exitCode === null ? null : log));
    return async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      await ended;
      // What it had forked may hold the port a moment longer: whoever asks meanwhile would meet the old one.
      while (await isOpen(wsPort)) await sleep(20);
    };
  }

  const server = `ws://127.0.0.1:${wsPort}`;
  return {
    server,
    domain,
    password,
    accessOf: (name, as) => ({
      ...{ provider: "sip", server, uri: `sip:${name}@${domain}`, username: name, password },
      ...{ displayName: name, iceServers: [], expiresAt: "2030-01-01T00:00:00.000Z" },
      ...as,
    }),
    async restart() {
      await stop();
      stop = await run();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const domain = "ringside.test";
const password = "only-for-tests";

function configOf({
  sipPort,
  wsPort,
  modules,
}: {
  sipPort: number;
  wsPort: number;
  modules: string;
}): string {
  const loaded = [
    "tm",
    "sl",
    "rr",
    "pv",
    "maxfwd",
    "usrloc",
    "registrar",
    "textops",
    "siputils",
    "xhttp",
    "websocket",
    "nathelper",
    "auth",
    "kex",
    "corex",
  ];
  return `#!KAMAILIO
mpath="${modules}"
debug=1
log_stderror=yes
fork=yes
children=1
tcp_children=2
auto_aliases=no
alias="${domain}"
listen=udp:127.0.0.1:${sipPort}
listen=tcp:127.0.0.1:${wsPort}
tcp_connection_lifetime=3604
tcp_accept_no_cl=yes
${loaded.map((name) => `loadmodule "${name}.so"`).join("\n")}
modparam("usrloc", "db_mode", 0)
modparam("registrar", "max_expires", 3600)
modparam("nathelper", "received_avp", "$avp(received)")
modparam("registrar", "received_avp", "$avp(received)")
modparam("pv", "shvset", "collisions=i:1")
modparam("pv", "shvset", "refusals=i:2")
modparam("pv", "shvset", "redirects=i:1")

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  force_rport();
  if (is_method("REGISTER")) fix_nated_register(); else add_contact_alias();

  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    # What changes a call of these three is not taken at first.
    if (is_method("INVITE") && $fU == "jo" && $shv(collisions) > 0) {
      $shv(collisions) = $shv(collisions) - 1;
      sl_send_reply("491", "Request Pending");
      exit;
    }
    if (is_method("INVITE") && $fU == "kim" && search_body("a=sendrecv") && $shv(refusals) > 0) {
      $shv(refusals) = $shv(refusals) - 1;
      sl_send_reply("488", "Not Acceptable Here");
      exit;
    }
    # Who is at pat's end has changed, says the exchange.
    if (is_method("INVITE") && $fU == "pat")
      append_hf("P-Asserted-Identity: \\"Sam Vail\\" <sip:sam@${domain}>\\r\\n");
    if (is_method("INVITE") && $fU == "lee" && $shv(redirects) > 0) {
      $shv(redirects) = $shv(redirects) - 1;
      sl_send_reply("302", "Moved Temporarily");
      exit;
    }
    if (loose_route()) { if ($du == "") handle_ruri_alias(); t_relay(); exit; }
    if (is_method("ACK") && t_check_trans()) { t_relay(); exit; }
    handle_ruri_alias();
    t_relay();
    exit;
  }
  if (is_method("REGISTER|INVITE")) {
    if (!pv_www_authenticate("${domain}", "${password}", "0")) {
      www_challenge("${domain}", "0");
      exit;
    }
    consume_credentials();
  }
  # One telephone each: a call is not offered to those that were closed without a word.
  if (is_method("REGISTER")) { save("location", "0x04"); exit; }
  record_route();
  if ($rU == "busy") { sl_send_reply("486", "Busy Here"); exit; }
  if ($rU == "nobody") { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  handle_ruri_alias();
  t_relay();
}

onreply_route { add_contact_alias(); }

event_route[xhttp:request] {
  if ($hdr(Upgrade) =~ "websocket" && $rm =~ "GET") {
    if (ws_handle_handshake()) exit;
  }
  xhttp_reply("404", "Not Found", "", "");
}
`;
}

function findModules(): string {
  const arch = execFileSync("uname", ["-m"]).toString().trim();
  const places = [
    `/usr/lib/${arch}-linux-gnu/kamailio/modules/`,
    "/usr/lib64/kamailio/modules/",
    "/usr/lib/kamailio/modules/",
  ];
  return places.find((path) => existsSync(path)) ?? places[0] ?? "";
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function untilOpen(port: number, failure: () => string | null): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const failed = failure();
    if (failed !== null) throw new Error(`Kamailio ended:\n${failed}`);
    if (await isOpen(port)) return;
    await sleep(50);
  }
  throw new Error("Kamailio does not listen");
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
