/** What the tab knows: who is signed in, the coverages, what waits. One for the whole application. */
import { Api, Refused, Unanswered } from "./api.ts";
import { listen, openDevice, type Device, type Entry, type Upload } from "./device/database.ts";
import { waiting } from "./device/outbox.ts";
import { sendAll, type Sent } from "./device/sending.ts";
import { chime } from "./sound.ts";
import { forgetOld } from "./device/uploads.ts";
import type { Coverage, Me, Person, Role } from "./shapes.ts";

const SIGN_IN = "/desk/sign-in";
const AGAIN = 5_000;
const PAUSE = 700;
const MOMENT = 40;

export class Newsroom extends EventTarget {
  readonly api = new Api();
  device!: Device;
  me!: Me;
  coverages: Coverage[] = [];
  /** Whether they were read: until then nobody knows that there are none. */
  knowsCoverages = false;
  people: Person[] = [];
  entries: Entry[] = [];
  uploads = new Map<string, Upload>();
  /** Why what waits has not been sent yet. */
  link: Sent["left"] = "nothing";
  isSending = false;
  place = "";
  sound = false;
  private timer = 0;
  private due = 0;
  private telling = 0;

  /** False where nobody is signed in and the browser is on its way to the sign-in page. */
  async begin(): Promise<boolean> {
    this.device = await openDevice();
    try {
      this.me = await this.api.me();
      await this.device.put("answers", this.me, "me");
    } catch (error) {
      if (error instanceof Refused) return this.signIn();
      const known = (await this.device.get("answers", "me")) as Me | undefined;
      if (!known) throw error;
      this.me = known;
      this.link = "unanswered";
    }
    this.place = ((await this.device.get("answers", `${this.me.id} place`)) as string) ?? "";
    this.sound = Boolean(await this.device.get("answers", `${this.me.id} sound`));
    await forgetOld(this.device);
    listen(() => void this.look());
    addEventListener("online", () => this.send(0));
    addEventListener("visibilitychange", () => document.hidden || this.send(0));
    await this.look();
    this.send(0);
    return true;
  }

  signIn(): false {
    location.assign(`${SIGN_IN}?next=${encodeURIComponent(location.pathname)}`);
    return false;
  }

  /** Told once for all that changes within a moment: a key must not wait for ten drawings. */
  changed(): void {
    this.telling ||= window.setTimeout(() => {
      this.telling = 0;
      this.dispatchEvent(new Event("change"));
    }, MOMENT);
  }

  private async look(): Promise<void> {
    this.entries = await waiting(this.device, this.me.id);
    const uploads = await this.device.getAll("uploads");
    this.uploads = new Map(uploads.map((upload) => [upload.id, upload]));
    this.changed();
  }

  /** Send what waits, soon; one sending at a time, and again where it could not be answered. */
  send(after = PAUSE): void {
    const due = Date.now() + after;
    if (this.timer && this.due <= due) return; // who types without a pause is saved all the same
    clearTimeout(this.timer);
    this.due = due;
    this.timer = window.setTimeout(() => void this.sendNow(), after);
  }

  private async sendNow(): Promise<void> {
    this.timer = 0;
    if (this.isSending) return this.send();
    this.isSending = true;
    const sent = await sendAll(this.device, this.api, this.me.id).finally(() => {
      this.isSending = false;
    });
    this.link = sent.left;
    await this.look();
    if (sent.left !== "unanswered") return;
    this.send(sent.wait * 1000 || AGAIN);
    void this.leaveToWorker();
  }

  /** Should this tab be closed before: the service worker sends when the network is back. */
  private async leaveToWorker(): Promise<void> {
    const worker = await navigator.serviceWorker?.getRegistration("/desk");
    const sync = (worker as unknown as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
    await sync?.register("outbox").catch(() => undefined); // where it is not allowed, the next start sends
  }

  /** An answer of the server, or the last one that the device has kept. */
  async read<T>(path: string): Promise<T | undefined> {
    try {
      const found = await this.api.json<T>(path);
      await this.device.put("answers", found, `${this.me.id} ${path}`);
      if (this.link === "unanswered" && !this.entries.length) this.link = "nothing";
      return found;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.link = "signed-out";
      if (error instanceof Unanswered) this.link = "unanswered";
      this.changed();
      return (await this.device.get("answers", `${this.me.id} ${path}`)) as T | undefined;
    }
  }

  async readCoverages(): Promise<void> {
    const found = await this.read<{ coverages: Coverage[] }>("/api/coverages");
    this.coverages = found?.coverages ?? [];
    this.knowsCoverages ||= found !== undefined;
    this.changed();
  }

  async readPeople(): Promise<void> {
    const found = await this.read<{ people: Person[] }>("/api/people");
    this.people = found?.people ?? [this.me];
    this.changed();
  }

  /** The dateline of the day: who writes from Geneva writes the next post from Geneva. */
  keepPlace(place: string | null | undefined): void {
    if (place === undefined || place === this.place) return;
    this.place = place ?? "";
    void this.device.put("answers", this.place, `${this.me.id} place`);
  }

  setSound(on: boolean): void {
    this.sound = on;
    void this.device.put("answers", on, `${this.me.id} sound`);
    if (on) chime();
    this.changed();
  }

  roleIn(slug: string): Role {
    return this.me.coverages?.[slug] ?? this.me.role ?? "viewer";
  }
}

export const newsroom = new Newsroom();
