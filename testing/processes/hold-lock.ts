// Started by lock.kill.test.ts: takes a folder, says whether it got it, and holds it until it is killed.
import { acquireFolderLock } from "../../main/replica/lock/index.ts";

const lock = await acquireFolderLock({ folder: process.argv[2] ?? "", title: "Ringside – child" });
process.stdout.write(lock.ok ? "held\n" : "refused\n");
setInterval(() => {}, 60_000);
