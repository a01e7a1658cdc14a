/** Commands wait here until they are answered: in order, each with its key, each carried out once. */
import { newId } from "../model/ids.ts";
import { tell, type Device, type Entry, type Receipt } from "./database.ts";

export type Command = Pick<Entry, "person" | "coverage" | "action" | "method" | "path" | "label"> &
  Partial<Pick<Entry, "paper" | "body" | "headers">>;

const KEPT_RECEIPTS = 500;

export async function file(device: Device, command: Command, now: Date): Promise<Entry> {
  const entry: Entry = {
    key: newId(),
    paper: null,
    body: undefined,
    headers: {},
    filed_at: now.toISOString(),
    ...command,
  };
  entry.n = await device.add("outbox", entry);
  tell();
  return entry;
}

export async function waiting(device: Device, person: string, coverage = ""): Promise<Entry[]> {
  const all = await device.getAll("outbox");
  return all.filter((one) => one.person === person && (!coverage || one.coverage === coverage));
}

/** Take a command back before it is sent. What it would have published is a draft again. */
export async function takeBack(device: Device, entry: Entry): Promise<void> {
  await device.delete("outbox", entry.n!);
  tell();
}

/** The answer, and what it ends, in one transaction: a crash in between would file it again. */
export async function settle(
  device: Device,
  entry: Entry,
  outcome: { url?: string; refusal?: string; ends?: boolean; state?: Partial<PaperState> },
  now: Date,
): Promise<void> {
  const work = device.transaction(["outbox", "papers", "receipts"], "readwrite");
  await work.objectStore("outbox").delete(entry.n!);
  const receipt: Receipt = {
    key: entry.key,
    person: entry.person,
    coverage: entry.coverage,
    action: entry.action,
    label: entry.label,
    filed_at: entry.filed_at,
    received_at: now.toISOString(),
    url: outcome.url ?? "",
    refusal: outcome.refusal ?? "",
  };
  const receipts = work.objectStore("receipts");
  await receipts.put(receipt);
  for (const old of (await receipts.getAllKeys()).slice(0, -KEPT_RECEIPTS)) await receipts.delete(old);
  const papers = work.objectStore("papers");
  const paper = entry.paper ? await papers.get(entry.paper) : undefined;
  if (paper && outcome.ends) await papers.delete(paper.id);
  else if (paper)
    await papers.put({ ...paper, ...outcome.state, refusal: outcome.refusal ?? "" });
  await work.done;
  tell();
}

interface PaperState {
  version: number;
  state: "draft" | "submitted" | "returned" | "scheduled" | "published";
}

export async function receiptsOf(device: Device, person: string, coverage: string): Promise<Receipt[]> {
  const all = await device.getAll("receipts");
  return all
    .filter((one) => one.person === person && one.coverage === coverage)
    .sort((one, other) => (one.received_at < other.received_at ? 1 : -1));
}

export async function forget(device: Device, receipt: Receipt): Promise<void> {
  await device.delete("receipts", receipt.key);
  tell();
}
