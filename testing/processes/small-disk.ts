import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder on a disk of its own, which can be filled and made read-only. Root on Linux only. */
export type SmallDisk = {
  /** Takes what is left, but for so many bytes. */
  fill(leaveBytes?: number): void;
  makeRoom(): void;
  /** Nobody may have a file open for writing meanwhile. */
  setReadOnly(readOnly: boolean): void;
  remove(): void;
};

/** Why there can be no small disk here; null = there can. */
export function whyNoSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "ringside-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder]);
    return null;
  } catch {
    return "no file system can be mounted here: that needs Linux and root";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts a folder with everything in it on a disk of its own. */
export function moveToSmallDisk(folder: string, megabytes: number): SmallDisk {
  const copy = `${folder}.copy`;
  cpSync(folder, copy, { recursive: true });
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", folder]);
  cpSync(copy, folder, { recursive: true });
  rmSync(copy, { recursive: true });
  const ballast = join(folder, "ballast");
  return {
    fill(leaveBytes = 0) {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)), { flag: "a" });
    },
    makeRoom: () => truncateSync(ballast, 0),
    setReadOnly: (readOnly) =>
      void execFileSync("mount", ["-o", `remount,${readOnly ? "ro" : "rw"}`, folder]),
    remove: () => void execFileSync("umount", ["--lazy", folder]),
  };
}
