import { describe, expect, test, vi } from "vitest";
import { chooseDevices, prefer } from "./choose-devices.ts";
import { createMicrophone } from "./microphone.ts";
import { verdictOf } from "./pre-call-test.ts";
import { freshWatch, judge, meanOpinion, readSample, type Sample, type Watch } from "./quality.ts";
import { createRinger } from "./ringer.ts";
import { createTonePlayer } from "./tones.ts";
import { digitTone, writeWave } from "./waves.ts";

const device = (kind: MediaDeviceKind, deviceId: string) => ({ kind, deviceId, label: deviceId });
const none = { microphone: [], speaker: [], ringer: [] };

describe("pain: devices that come and go with a headset", () => {
  const builtIn = [device("audioinput", "default"), device("audiooutput", "default")];
  const headset = [device("audioinput", "headset"), device("audiooutput", "headset")];

  test("without a wish it is the system's own", () => {
    expect(chooseDevices([...headset, ...builtIn], none).chosen).toEqual({
      microphone: "default",
      speaker: "default",
      ringer: "default",
    });
  });

  test("a headset that is unplugged gives way to the device before it, and comes back when it is plugged in", () => {
    const favourites = prefer(prefer(none, "microphone", "default"), "microphone", "headset");
    const chosen = (listed: Parameters<typeof chooseDevices>[0]) =>
      chooseDevices(listed, favourites).chosen.microphone;
    expect(chosen([...builtIn, ...headset])).toBe("headset");
    expect(chosen(builtIn)).toBe("default");
    expect(chosen([...builtIn, ...headset])).toBe("headset");
  });

  test("nothing plugged in is nothing chosen, and devices without a name get one", () => {
    expect(chooseDevices([], none).chosen.microphone).toBeNull();
    const unnamed = { kind: "audioinput" as const, deviceId: "x", label: "" };
    expect(chooseDevices([unnamed], none).microphones).toEqual([{ deviceId: "x", label: "Microphone 1" }]);
  });
});

/** A machine's microphone; `live` counts the tracks that keep its light on. */
function fakeMedia(failWith: (constraints: MediaStreamConstraints) => string | null = () => null) {
  const tracks: { readyState: string; stop(): void }[] = [];
  return {
    live: () => tracks.filter(({ readyState }) => readyState === "live").length,
    unplug: () => tracks.forEach((track) => (track.readyState = "ended")),
    async getUserMedia(constraints: MediaStreamConstraints) {
      const name = failWith(constraints);
      if (name) throw Object.assign(new Error(name), { name });
      const track = { readyState: "live", stop: () => void (track.readyState = "ended") };
      tracks.push(track);
      return { getTracks: () => [track] } as unknown as MediaStream;
    },
  };
}

describe("the microphone", () => {
  test("pain: it stays open after the hang-up: here no track is live once the calls' tracks are stopped", async () => {
    const media = fakeMedia();
    const microphone = createMicrophone(media);
    const streams = [await microphone.open(), await microphone.open()];
    expect(media.live()).toBe(2);
    for (const stream of streams) for (const track of stream.getTracks()) track.stop();
    expect(media.live()).toBe(0);
    await microphone.switchTo("headset");
    expect(media.live()).toBe(0);
  });

  test("asking for permission leaves nothing open", async () => {
    const media = fakeMedia();
    expect(await createMicrophone(media).ask()).toBe("granted");
    expect(media.live()).toBe(0);
  });

  test.each([
    ["NotAllowedError", "denied"],
    ["NotFoundError", "missing"],
  ])("%s means %s", async (name, state) => {
    const microphone = createMicrophone(fakeMedia(() => name));
    const told: string[] = [];
    microphone.onState((next) => told.push(next));
    await expect(microphone.open()).rejects.toMatchObject({ name });
    expect([microphone.state(), ...told]).toEqual([state, state]);
  });

  test("the chosen one that is gone gives way to any other", async () => {
    const wantsExact = ({ audio }: MediaStreamConstraints) =>
      typeof audio === "object" && "deviceId" in audio;
    const media = fakeMedia((constraints) => (wantsExact(constraints) ? "OverconstrainedError" : null));
    const microphone = createMicrophone(media);
    await microphone.switchTo("headset");
    await microphone.open();
    expect([media.live(), microphone.state()]).toEqual([1, "granted"]);
  });

  test("a call keeps talking when its headset is unplugged: its stream is replaced", async () => {
    const media = fakeMedia();
    const microphone = createMicrophone(media);
    const replaced: MediaStream[][] = [];
    microphone.onReplaced(async (...streams) => replaced.push(streams) > 0);
    const before = await microphone.open();
    media.unplug();
    await microphone.switchTo("");
    expect(replaced).toHaveLength(1);
    expect(replaced[0]?.[0]).toBe(before);
    expect(media.live()).toBe(1);
  });

  test("pain: it stays open after the hang-up: a new one that no call takes any more is closed", async () => {
    const media = fakeMedia();
    const microphone = createMicrophone(media);
    const stream = await microphone.open();
    microphone.onReplaced(async () => {
      for (const track of stream.getTracks()) track.stop();
      return false;
    });
    await microphone.switchTo("headset");
    expect(media.live()).toBe(0);
  });

  test("pain: it stays open after the hang-up: two changes at once open one for a call, not two", async () => {
    const media = fakeMedia();
    const microphone = createMicrophone(media);
    let own = await microphone.open();
    microphone.onReplaced(async (before, after) => {
      if (before !== own) return false;
      own = after;
      for (const track of before.getTracks()) track.stop();
      return true;
    });
    media.unplug();
    await Promise.all([microphone.switchTo(""), microphone.switchTo(""), microphone.switchTo("headset")]);
    expect(media.live()).toBe(1);
    for (const track of own.getTracks()) track.stop();
    expect(media.live()).toBe(0);
  });
});

describe("the ringer", () => {
  const fakeAudio = (play: () => Promise<void>) =>
    ({ play: vi.fn(play), pause: vi.fn(), setSinkId: vi.fn(async () => {}) }) as unknown as HTMLAudioElement;
  const refusal = () => Promise.reject(Object.assign(new Error("gesture"), { name: "NotAllowedError" }));

  test("pain: autoplay blocks the ring: the window says so, and a click lets it be heard", async () => {
    let allowed = false;
    const audio = fakeAudio(() => (allowed ? Promise.resolve() : refusal()));
    const ringer = createRinger(() => audio);
    const muted: boolean[] = [];
    ringer.onMuted((next) => muted.push(next));
    await ringer.start();
    allowed = true;
    await ringer.start();
    expect(muted).toEqual([true, false]);
  });

  test("where nobody has clicked before it stops, nothing is to be clicked any more", async () => {
    const ringer = createRinger(() => fakeAudio(refusal));
    const muted: boolean[] = [];
    ringer.onMuted((next) => muted.push(next));
    await ringer.start();
    ringer.stop();
    expect(muted).toEqual([true, false]);
  });

  test("rings on the device that was chosen for it, and stops also while it begins", async () => {
    const audio = fakeAudio(async () => {});
    const ringer = createRinger(() => audio);
    ringer.playOn("loudspeaker");
    const starting = ringer.start();
    ringer.stop();
    await starting;
    expect(audio.setSinkId).toHaveBeenCalledWith("loudspeaker");
    expect(audio.pause).toHaveBeenCalled();
  });

  test("rings as loud as somebody wants, from the next ring on and while it rings", async () => {
    const audio = fakeAudio(async () => {});
    const ringer = createRinger(() => audio);
    ringer.setVolume(0.4);
    await ringer.start();
    expect(audio.volume).toBe(0.4);
    ringer.setVolume(0);
    expect(audio.volume).toBe(0);
  });
});

describe("quality in words", () => {
  const sample = (second: number, more: Partial<Sample> = {}): Sample => ({
    atMs: second * 1_000,
    rttMs: 40,
    jitterMs: 3,
    packetsReceived: second * 50,
    packetsLost: 0,
    bytesSent: second * 8_000,
    microphone: 0.1,
    speaker: 0.1,
    ...more,
  });
  const watchAll = (samples: Sample[], muted = false) => {
    let watch: Watch = freshWatch;
    let warning: string | null = null;
    for (const next of samples) ({ watch, warning } = judge(watch, next, muted));
    return warning;
  };
  const seconds = Array.from({ length: 12 }, (_, index) => index);

  test("a good line says nothing", () => {
    expect(watchAll(seconds.map((second) => sample(second)))).toBeNull();
  });
  test("a microphone without sound is told, a muted one is not", () => {
    const silent = seconds.map((second) => sample(second, { microphone: 0 }));
    expect(watchAll(silent)).toContain("Your microphone sends no sound");
    expect(watchAll(silent, true)).toBeNull();
  });
  test("a line that brings nothing, loses, stutters or lags is told apart", () => {
    expect(watchAll(seconds.map((second) => sample(second, { packetsReceived: 9 })))).toContain(
      "brings no sound",
    );
    expect(watchAll(seconds.map((second) => sample(second, { packetsLost: second * 5 })))).toContain(
      "loses sound",
    );
    expect(watchAll(seconds.map((second) => sample(second, { jitterMs: 90 })))).toContain("uneven");
    expect(watchAll(seconds.map((second) => sample(second, { rttMs: 600 })))).toContain("slow");
  });
  test("reads what browsers tell", () => {
    const report: [string, unknown][] = [
      [
        "1",
        {
          type: "inbound-rtp",
          kind: "audio",
          packetsReceived: 50,
          packetsLost: 1,
          jitter: 0.004,
          audioLevel: 0.2,
        },
      ],
      ["2", { type: "outbound-rtp", kind: "audio", bytesSent: 8_000 }],
      ["3", { type: "media-source", kind: "audio", audioLevel: 0.3 }],
      ["4", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.025 }],
    ];
    expect(readSample(report, 5)).toEqual({
      atMs: 5,
      rttMs: 25,
      jitterMs: 4,
      packetsReceived: 50,
      packetsLost: 1,
      bytesSent: 8_000,
      microphone: 0.3,
      speaker: 0.2,
    });
    expect(readSample([], 5)).toBeNull();
  });
  test("the opinion score falls with delay, jitter and loss, and stays within its scale", () => {
    const scores = [
      meanOpinion(20, 2, 0),
      meanOpinion(300, 2, 0),
      meanOpinion(300, 40, 2),
      meanOpinion(900, 90, 30),
    ];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(4.2);
    expect(scores.at(-1)).toBeGreaterThanOrEqual(1);
  });
});

describe("the pre-call test's verdict", () => {
  const loop = { rttMs: 1, jitterMs: 1, lossPercent: 0, mos: 4.4 };
  test.each([
    ["good", { microphone: "granted" as const, loudest: 0.2, loop }],
    ["fair", { microphone: "granted" as const, loudest: 0, loop }],
    ["bad", { microphone: "granted" as const, loudest: 0.2, loop: { ...loop, lossPercent: 30, mos: 1.5 } }],
    ["bad", { microphone: "denied" as const, loudest: 0, loop: null }],
    ["bad", { microphone: "granted" as const, loudest: 0, loop: null }],
  ])("%s, in words", (verdict, measured) => {
    const judged = verdictOf(measured);
    expect(judged.verdict).toBe(verdict);
    expect(judged.findings.every((finding) => /^[A-Z].*\.$/u.test(finding))).toBe(true);
  });
});

test("pain: digits are heard on the wrong output: they are played where the person hears voices", async () => {
  const audio = { play: vi.fn(async () => {}), setSinkId: vi.fn(async () => {}), addEventListener: vi.fn() };
  const tones = createTonePlayer(() => audio as unknown as HTMLAudioElement);
  tones.useSpeaker("headset");
  await tones.playDigit("5");
  await tones.playDigit("x");
  expect(audio.setSinkId.mock.calls).toEqual([["headset"]]);
  expect(audio.play).toHaveBeenCalledTimes(1);
});

test("the tones of the keypad are those of every telephone", () => {
  expect(digitTone("1")?.hertz).toEqual([697, 1209]);
  expect(digitTone("#")?.hertz).toEqual([941, 1477]);
  expect(digitTone("x")).toBeNull();
  const tone = digitTone("5");
  const wave = tone ? writeWave([tone], tone.lengthMs) : new Uint8Array();
  expect([wave.length, String.fromCharCode(...wave.slice(0, 4))]).toEqual([44 + 160 * 8 * 2, "RIFF"]);
});
