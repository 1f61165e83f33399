// Loaded into a desk's processes with --import: their clock is off by CLOCK_SHIFT_MS.
const shiftMs = Number(process.env["CLOCK_SHIFT_MS"] ?? 0);
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: []) =>
    given.length === 0 ? new target(target.now() + shiftMs) : new target(...given),
  get(target, key, receiver) {
    if (key === "now") return () => target.now() + shiftMs;
    return Reflect.get(target, key, receiver) as unknown;
  },
});
