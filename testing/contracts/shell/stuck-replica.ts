import { attachToHost } from "../../../main/host/attach-to-host.ts";

// A replica process that waits for main when it puts everything down, and is kept alive by something that is open.
attachToHost({
  open() {},
  window() {},
  shutdown: () => new Promise(() => {}),
});
setInterval(() => {}, 60_000);
