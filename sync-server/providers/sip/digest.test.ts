import { expect, test } from "vitest";
import { answerChallenge, canAnswer, readChallenge } from "./digest.ts";

// The examples that the standards print, with their answers.
const mufasa = { method: "GET", uri: "/dir/index.html", username: "Mufasa", password: "Circle Of Life" };
const responseIn = (header: string) => /response="(\w+)"/u.exec(header)?.[1];

test("answers RFC 2617's example", () => {
  const challenge = readChallenge(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
  );
  expect(challenge && responseIn(answerChallenge(challenge, mufasa, "0a4f113b"))).toBe(
    "6629fae49393a05397450978507c4ef1",
  );
});

test("answers RFC 7616's example with SHA-256", () => {
  const challenge = readChallenge(
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
  );
  const request = { ...mufasa, password: "Circle of Life" };
  const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  expect(challenge && responseIn(answerChallenge(challenge, request, cnonce))).toBe(
    "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
  );
});

test("an old exchange that offers no quality of protection gets the old answer, and quotes stay quoted", () => {
  const challenge = readChallenge(String.raw`Digest realm="a \"b\"", nonce=xyz`);
  expect(challenge).toEqual({ realm: 'a "b"', nonce: "xyz" });
  const answer = answerChallenge(challenge ?? {}, mufasa, "unused");
  expect(answer).toContain(String.raw`realm="a \"b\""`);
  expect(answer).not.toContain("cnonce");
});

test("knows what it cannot answer", () => {
  expect(readChallenge("Bearer realm=x")).toBeNull();
  expect(canAnswer({ algorithm: "SHA-512-256" })).toBe(false);
  expect(canAnswer({ qop: "auth-int" })).toBe(false);
  expect(canAnswer({ algorithm: "md5", qop: "auth-int, AUTH" })).toBe(true);
});
