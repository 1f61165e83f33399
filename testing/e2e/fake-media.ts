import type { LaunchOptions } from "@playwright/test";

const fakeMedia = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
/** Sound begins without a click, as in a window that somebody has used. */
export const playsAtOnce = "--autoplay-policy=no-user-gesture-required";

/** For `test.use`: a browser with a microphone that beeps once a second, which it lends to whoever asks. */
export function withFakeMedia(...flags: string[]) {
  return {
    launchOptions: async (
      { launchOptions }: { launchOptions: LaunchOptions },
      use: (options: LaunchOptions) => Promise<void>,
    ) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fakeMedia, ...flags] });
    },
  };
}
