import { spawn } from "node:child_process";

/** Hands an address to the program for it. False when this machine has no way to do so. */
export function openOutside(url: string): Promise<boolean> {
  const [command, args] = openerFor(process.platform, url);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function openerFor(platform: NodeJS.Platform, url: string): [string, string[]] {
  if (platform === "darwin") return ["open", [url]];
  // `start` would let a shell read the address; this does not.
  if (platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", url]];
  return ["xdg-open", [url]];
}
