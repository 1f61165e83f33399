import type { LaunchOptions } from "@playwright/test";

const fakeMedia = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
/** Sound begins without a click, as in a window that somebody has used. */
export const playsAtOnce = "--autoplay-policy=no-user-gesture-required";

type Using = (
  given: { launchOptions: LaunchOptions },
  use: (options: LaunchOptions) => Promise<void>,
) => Promise<void>;

/** Files that ask for the same browser get the same one: Playwright tells browsers apart by what makes their options. */
const known = new Map<string, Using>();

/** For `test.use`: a browser with a microphone that beeps once a second, which it lends to whoever asks. */
export function withFakeMedia(...flags: string[]): { launchOptions: Using } {
  const key = flags.join(" ");
  const launchOptions = known.get(key) ?? usingMedia(flags);
  known.set(key, launchOptions);
  return { launchOptions };
}

function usingMedia(flags: readonly string[]): Using {
  return ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fakeMedia, ...flags] });
}
