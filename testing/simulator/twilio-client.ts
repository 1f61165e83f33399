import { account } from "./start-test-simulator.ts";
import { twilio } from "./twilio.ts";

/** Twilio's own client, its requests sent to the simulated carrier at `base`. */
export function createClient(base: string, authToken = account.authToken) {
  const { RequestClient } = twilio;
  const network = new RequestClient();
  const httpClient = {
    request: <Data>(options: Parameters<typeof network.request<Data>>[0]) =>
      network.request<Data>({ ...options, uri: options.uri.replace("https://api.twilio.com", base) }),
  };
  const client = twilio(account.sid, authToken, { httpClient: httpClient as typeof network });
  const basic = Buffer.from(`${account.sid}:${authToken}`).toString("base64");
  return Object.assign(client, { authorization: { authorization: `Basic ${basic}` } });
}
