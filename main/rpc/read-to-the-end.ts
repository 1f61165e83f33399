import type { Socket } from "node:net";

type Written = (error?: Error | null) => void;

/**
 * Lets nothing that cannot be sent any more end a connection before all of it was read. Node drops a socket with the first
 * write that fails, and with it what lies there unread: a page that is left right after a click has said its last wish,
 * and is gone, by the time a busy process comes to read it. Where the other side is gone the end is read after that.
 */
export function readToTheEnd(socket: Socket): void {
  let isDeaf = false;
  const unlessDeaf = (write: (written: Written) => void, written: Written) => {
    if (isDeaf) return written();
    write((error) => {
      isDeaf ||= Boolean(error);
      written();
    });
  };
  const { _write: write, _writev: writeAll } = socket;
  socket._write = (chunk, encoding, written) =>
    unlessDeaf((done) => write.call(socket, chunk, encoding, done), written);
  if (writeAll)
    socket._writev = (chunks, written) => unlessDeaf((done) => writeAll.call(socket, chunks, done), written);
}
