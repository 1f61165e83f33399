import { offerServices } from "./host/offer-services.ts";
import { hostContract } from "./host/services.ts";
import type { OpenSettings } from "./host/protocol.ts";
import type { Secrets } from "./host/secrets/secrets.ts";
import { superviseReplica } from "./host/supervise-replica.ts";
import type { SupervisedReplica } from "./host/supervise-replica.ts";
import type { Shell } from "./shell/shell.ts";

/** Ties a shell to a replica: keeps the replica running, and puts both down in order when the desk ends. */
export function runDesk(
  shell: Shell,
  secrets: Secrets,
  settings: OpenSettings,
  log: (line: string) => void,
): SupervisedReplica {
  const replica = superviseReplica({
    spawn: () => shell.spawnReplica(),
    settings,
    services: offerServices(shell, secrets, () => void quit()),
    log,
  });
  shell.onQuit(() => void quit());
  shell.onNotificationClick((tag) => replica.tell(hostContract.notificationClicked, { tag }));
  shell.onDial((to) => replica.tell(hostContract.dialRequested, { to }));
  shell.onKey((key, tag) => replica.tell(hostContract.keyPressed, { key, tag }));
  shell.onPresence((presence, reason) => replica.tell(hostContract.presenceChosen, { presence, reason }));
  shell.onPower((state) => replica.tell(hostContract.power, { state }));
  return replica;

  async function quit(): Promise<void> {
    await replica.stop();
    await shell.close();
  }
}
