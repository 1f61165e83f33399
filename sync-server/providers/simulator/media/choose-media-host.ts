import { networkInterfaces, platform } from "node:os";

type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * Where media is received for browsers on this machine. They send from the address of their network's interface: Linux
 * lets that reach the loopback, other systems do not, so there it is that address itself.
 */
export function chooseMediaHost(
  system: string = platform(),
  interfaces: Interfaces = networkInterfaces(),
): string {
  const loopback = "127.0.0.1";
  if (system === "linux") return loopback;
  const outer = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  return outer.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? loopback;
}
