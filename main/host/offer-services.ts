import { err, ok, type Result } from "../../shared/result/result.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import type { Handlers } from "../rpc/handlers.ts";
import { diskTroubleOf } from "../replica/pglite-storage/disk-trouble.ts";
import type { Shell } from "../shell/shell.ts";
import { SecretsLocked, type Secrets } from "./secrets/secrets.ts";
import type { HostContract } from "./services.ts";

/** What the replica may ask of the desktop, answered by the shell and the place of secrets. */
export function offerServices(shell: Shell, secrets: Secrets, quit: () => void): Handlers<HostContract> {
  // Commands without an answer say null: undefined would not pass through JSON.
  const after = async (work: Promise<void> | void) => {
    await work;
    return ok(null);
  };
  return {
    readSecret: ({ name }) => unlessRefused(secrets.read(name).then((value) => ok(value))),
    writeSecret: ({ name, value }) => unlessRefused(after(secrets.write(name, value))),
    removeSecret: ({ name }) => unlessRefused(after(secrets.remove(name))),
    secretsNotice: async () => ok(secrets.notice),
    notify: async (notification) => ok(shell.notify(notification)),
    takeBack: ({ tag }) => after(shell.takeBack(tag)),
    openExternal: async ({ url }) => ok(await shell.openExternal(url)),
    openWindow: ({ path }) => after(shell.openWindow("desk", path).then(() => {})),
    openPhone: async ({ window }) => ok(await shell.openWindow(window)),
    openOverlay: async () => ok(await shell.openWindow("overlay")),
    catchClicks: ({ on }) => after(shell.catchClicks(on)),
    setHotkeys: async (hotkeys) => ok(shell.setHotkeys(hotkeys)),
    setTray: (view) => after(shell.setTray(view)),
    setTheme: ({ theme }) => after(shell.setTheme(theme)),
    reloadWindows: () => after(shell.reloadWindows()),
    quit: () => after(quit()),
  };
}

/** A keychain that is locked and a disk that takes nothing are no faults of the program. */
async function unlessRefused<T>(work: Promise<Result<T, RpcError>>): Promise<Result<T, RpcError>> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof SecretsLocked) return err({ code: "locked", message: cause.message });
    const code = diskTroubleOf(cause);
    if (code) return err({ code, message: cause instanceof Error ? cause.message : code });
    throw cause;
  }
}
