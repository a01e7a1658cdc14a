/** What this device keeps (IndexedDB): papers, the outbox, uploads, and the last answers.
 *
 * Everything belongs to a person: who signs in next on the same machine sees none of it, and
 * nothing of it is lost.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Kind, Media } from "../model/pictures.ts";
import type { Content, Draft, DraftState } from "../shapes.ts";

/** A draft on this device. Written: `changed` is later than `synced`. */
export interface Paper {
  id: string;
  person: string;
  coverage: string;
  content: Content;
  /** What the server had at `version`; both null as long as it has nothing. */
  base: Content | null;
  version: number | null;
  state: DraftState;
  post: string | null;
  based_on: number | null;
  /** What was sent and not answered yet: the server may have it. */
  tried: string[];
  /** What the published post said when its change was begun. */
  origin: Content | null;
  /** Milliseconds on this device's clock. */
  changed: number;
  synced: number;
  /** Counts what came from elsewhere into `content`. */
  take: number;
  refusal: string;
  /** Somebody else's version, as long as it is not merged. */
  clash: Draft | null;
}

/** A command on its way. `n` is its place in the line. */
export interface Entry {
  n?: number;
  key: string;
  person: string;
  coverage: string;
  paper: string | null;
  action: string;
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
  label: string;
  filed_at: string;
}

/** What became of a command: for "filed 14:03, received 14:09", or for the reason of a refusal. */
export interface Receipt {
  key: string;
  person: string;
  coverage: string;
  action: string;
  label: string;
  filed_at: string;
  received_at: string;
  url: string;
  refusal: string;
}

/** A file on its way, in pieces. */
export interface Upload {
  id: string;
  person: string;
  paper: string;
  name: string;
  /** What it has to be, where it was put. Older ones are pictures. */
  kind?: Kind;
  file: Blob;
  address: string;
  sent: number;
  state: "waiting" | "processing" | "ready" | "refused";
  reason: string;
  /** What the server made of it. */
  made: Media | null;
}

interface Schema extends DBSchema {
  papers: { key: string; value: Paper };
  outbox: { key: number; value: Entry };
  receipts: { key: string; value: Receipt };
  uploads: { key: string; value: Upload };
  answers: { key: string; value: unknown };
}
export type Device = IDBPDatabase<Schema>;

const NAME = "dateline-desk";

export function openDevice(): Promise<Device> {
  return openDB<Schema>(NAME, 1, {
    upgrade(device) {
      device.createObjectStore("papers", { keyPath: "id" });
      device.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
      device.createObjectStore("receipts", { keyPath: "key" });
      device.createObjectStore("uploads", { keyPath: "id" });
      device.createObjectStore("answers");
    },
    blocking(_now, _next, event) {
      // A newer desk wants to open it in another tab.
      (event.target as IDBDatabase).close();
    },
  });
}

/** What is being typed: committed with the put itself, for the tab may be gone before its answer. */
export async function putAtOnce(device: Device, value: unknown, key: string): Promise<void> {
  const work = device.transaction("answers", "readwrite");
  void work.store.put(value, key);
  work.commit();
  await work.done;
}

const news = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;

/** Tell the other tabs, and this one, that something on the device has changed. */
export function tell(): void {
  news?.postMessage("changed");
  for (const hear of hearing) hear();
}

const hearing = new Set<() => void>();

export function listen(hear: () => void): () => void {
  hearing.add(hear);
  news?.addEventListener("message", hear);
  return () => {
    hearing.delete(hear);
    news?.removeEventListener("message", hear);
  };
}
