import { diskFiles, type FilePort, type OpenFile } from "../../main/replica/journal/file-port.ts";

export type Fault = {
  call: "write" | "sync" | "truncate" | "rename" | "syncFolder";
  code: "ENOSPC" | "EIO" | "EROFS";
  /** Share of a write's bytes that reach the disk before it fails. */
  written?: number;
};

/** The real file system, but for the calls that `faults` says fail. */
export function createFaultyFiles(faults: { current: readonly Fault[] }): FilePort {
  const failing = (call: Fault["call"]) => faults.current.find((fault) => fault.call === call);

  function check(call: Fault["call"]): void {
    const fault = failing(call);
    if (fault) throw Object.assign(new Error(`${fault.code}: ${call}`), { code: fault.code });
  }

  return {
    ...diskFiles,
    open: async (path) => wrap(await diskFiles.open(path)),
    async rename(from, to) {
      check("rename");
      await diskFiles.rename(from, to);
    },
    async syncFolder(folder) {
      check("syncFolder");
      await diskFiles.syncFolder(folder);
    },
  };

  function wrap(file: OpenFile): OpenFile {
    return {
      async write(bytes, position) {
        const share = failing("write")?.written ?? 0;
        if (share > 0) await file.write(bytes.subarray(0, Math.floor(bytes.length * share)), position);
        check("write");
        await file.write(bytes, position);
      },
      async truncate(length) {
        check("truncate");
        await file.truncate(length);
      },
      async sync() {
        check("sync");
        await file.sync();
      },
      close: () => file.close(),
    };
  }
}
