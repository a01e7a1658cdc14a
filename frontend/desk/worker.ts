/** The service worker: the desk opens without a network, and sends what waits when it is back. */
import { isScreen } from "./addresses.ts";
import { Api } from "./api.ts";
import { openDevice } from "./device/database.ts";
import { sendAll } from "./device/sending.ts";
import type { Me } from "./shapes.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put before this script by the server: what the desk is made of, each under its hash. */
declare const DATELINE: { version: string; files: string[] };

interface ServiceWorkerGlobalScope extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  registration: unknown;
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  readonly tag: string;
}

const SHELL = "/desk";
const NAME = `desk-${DATELINE.version}`;
const on = (name: string, act: (event: Extendable) => void) =>
  self.addEventListener(name, act as (event: Event) => void);

on("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

async function fill(): Promise<void> {
  const kept = await caches.open(NAME);
  await kept.addAll([SHELL, ...DATELINE.files].map((path) => new Request(path, { cache: "reload" })));
}

on("activate", (event) => event.waitUntil(tidyUp().then(() => self.clients.claim())));

async function tidyUp(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("desk-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

on("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (DATELINE.files.includes(url.pathname)) event.respondWith(keptFirst(request, url.pathname));
  else if (request.mode === "navigate" && isScreen(url.pathname)) event.respondWith(shell(request));
});

async function keptFirst(request: Request, path: string): Promise<Response> {
  return (await (await caches.open(NAME)).match(path)) ?? fetch(request);
}

/** The newest desk where there is a network, else the one that is kept. */
async function shell(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch {
    // No network: the desk opens from what is kept.
  }
  return (await (await caches.open(NAME)).match(SHELL)) ?? Response.error();
}

on("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendWaiting());
});

async function sendWaiting(): Promise<void> {
  const device = await openDevice();
  const me = (await device.get("answers", "me")) as Me | undefined;
  if (!me) return;
  const { left } = await sendAll(device, new Api(), me.id);
  device.close();
  // A sync that fails is tried again by the browser.
  if (left === "unanswered") throw new Error("There was no answer; the browser tries again.");
}
