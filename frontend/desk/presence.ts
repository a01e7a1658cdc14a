/** Who is in a coverage and what they are writing on: said every ten seconds, heard at once. */
import { newId } from "./model/ids.ts";
import { newsroom } from "./newsroom.ts";

const EVERY = 10_000;

export interface Colleague {
  id: string;
  name: string;
  editing: string | null;
}

export class Presence {
  people: Colleague[] = [];
  private editing: string | null = null;
  private timer = 0;
  readonly device = newId();
  private readonly leaves = () => this.leave();

  constructor(
    private readonly slug: string,
    private readonly changed: () => void,
  ) {}

  begin(): void {
    this.timer = window.setInterval(() => void this.say(), EVERY);
    addEventListener("pagehide", this.leaves);
    void this.say();
  }

  end(): void {
    clearInterval(this.timer);
    removeEventListener("pagehide", this.leaves);
    this.leave();
  }

  set(editing: string | null): void {
    if (editing === this.editing) return;
    this.editing = editing;
    void this.say();
  }

  /** The stream that broke has ended this device's presence, as far as the server knows. */
  again(): void {
    void this.say();
  }

  heard({ people }: { people: Colleague[] }): void {
    this.people = people;
    this.changed();
  }

  /** Somebody else who has this draft or post open. */
  editorOf(id: string): Colleague | undefined {
    return this.people.find((one) => one.editing === id && one.id !== newsroom.me.id);
  }

  /** What is open here: whoever had it open before is told, and what they wrote stays on their device. */
  async take(): Promise<void> {
    await this.say({ take: true });
  }

  private async say(more: { gone?: true; take?: true } = {}): Promise<void> {
    const body = { editing: more.gone ? null : this.editing, device: this.device, ...more };
    try {
      await newsroom.api.send(`/api/coverages/${this.slug}/presence`, { method: "POST", body, keepalive: Boolean(more.gone) });
    } catch {
      // Nobody hears of it now; in ten seconds it is said again.
    }
  }

  private leave(): void {
    void this.say({ gone: true });
  }
}
