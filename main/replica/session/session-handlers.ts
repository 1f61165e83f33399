import { ok } from "../../../shared/result/result.ts";
import type {
  findProviders,
  leaveProvider,
  openWindow,
  preferences,
  session as sessionQuery,
  setPreferences,
  setZone,
  signIn,
  signInDemo,
  signInWith,
  signOut,
  verifyTwoFactor,
} from "../../../shared/rpc/contract/session.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { DeskClock } from "../live/desk-clock.ts";
import type { HostPort } from "./host-port.ts";
import type { PreferenceStore } from "./preferences.ts";
import type { Session } from "./session.ts";

type Contract = {
  session: typeof sessionQuery;
  signIn: typeof signIn;
  verifyTwoFactor: typeof verifyTwoFactor;
  findProviders: typeof findProviders;
  signInWith: typeof signInWith;
  leaveProvider: typeof leaveProvider;
  signInDemo: typeof signInDemo;
  signOut: typeof signOut;
  preferences: typeof preferences;
  setPreferences: typeof setPreferences;
  openWindow: typeof openWindow;
  setZone: typeof setZone;
};

/** What a window may ask before anybody is signed in. */
export function createSessionHandlers(ports: {
  session: Session;
  preferences: PreferenceStore;
  host: HostPort;
  clock: Pick<DeskClock, "setZone">;
  serverUrl: string;
  secretsNotice: string | null;
}): Handlers<Contract> {
  const { session, preferences, host, clock, serverUrl, secretsNotice } = ports;
  return {
    session(_input, emit) {
      const tell = () =>
        emit({
          session: session.state(),
          serverUrl,
          demoPeople: session
            .demoPeople()
            .map(({ userId, name, role, about }) => ({ userId, name, role, note: about })),
          elsewhere: session.provider.state(),
          secretsNotice,
        });
      tell();
      return session.onChange(tell);
    },
    signIn: ({ email, password }) => session.signIn(email, password),
    async verifyTwoFactor({ code }) {
      const verified = await session.verifyTwoFactor(code);
      return verified.ok ? ok({}) : verified;
    },
    async findProviders({ email }) {
      return ok({ providers: [...(await session.findProviders(email))] });
    },
    signInWith: (provider) => session.provider.begin(provider),
    async leaveProvider() {
      session.provider.leave();
      return ok({});
    },
    async signInDemo({ userId }) {
      const entered = await session.signInDemo(userId);
      return entered.ok ? ok({}) : entered;
    },
    async signOut({ unsent }) {
      const left = await session.signOut(unsent);
      return left.ok ? ok({}) : left;
    },
    preferences(_input, emit) {
      emit(preferences.get());
      return preferences.onChange(emit);
    },
    async setPreferences(change) {
      await preferences.set(change);
      if (change.theme) await host.setTheme(change.theme);
      return ok({});
    },
    async openWindow({ path }) {
      await host.openWindow(path);
      return ok({});
    },
    async setZone({ zone }) {
      clock.setZone(zone);
      return ok({});
    },
  };
}
