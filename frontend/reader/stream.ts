/**
 * Owns the connection: the stream while it works, the delta while it doesn't, and the change
 * between them. Says the truth about it through `say`.
 *
 * An EventSource shows neither heartbeats nor status codes. So: silence proves nothing (a delta
 * after every sleep); a closed source may be the end (204) or a server that restarts (503): only
 * the coverage's status tells; and a proxy that buffers may open a stream and deliver nothing, so a
 * stream that has never delivered is checked by a delta, ever more rarely.
 */
import { catchUp, type Outcome } from "./delta.ts";
import type { Changes, Frame } from "./frames.ts";
import type { Ledger } from "./ledger.ts";
import { backoff, jitter, MINUTE, SECOND } from "./pace.ts";
import type { Link } from "./words.ts";

const OPEN_WITHIN = 10 * SECOND;
const POLL = 5 * SECOND;
const ASLEEP = 45 * SECOND;
const STALE = 25 * SECOND;
const TICK = 5 * SECOND;

export interface Ways {
  slug: string;
  /** Where the server is, without a slash; "" where the page came from. */
  server?: string;
  epoch: string;
  ended(): boolean;
  apply(frame: Frame): void;
  /** The server has said that it is `now`, or was a moment ago. */
  heard(now: number): void;
  /** The page now shows everything up to `seq`. */
  reached(seq: number): void;
  say(link: Link): void;
  /** Loads the page anew; answers false if that was done a moment ago. */
  reload(): boolean;
}

export class Connection {
  readonly #ledger: Ledger;
  readonly #ways: Ways;
  #source: EventSource | undefined;
  #proven = false;
  #failures = 0;
  #polling = false;
  #alive = Date.now();
  #running: Promise<Outcome> | undefined;
  #opening: number | undefined;
  #pollAt: number | undefined;
  #retryAt: number | undefined;
  #checkAt: number | undefined;
  #gapAt: number | undefined;
  readonly #life = new AbortController();
  readonly #server: string;

  constructor(ledger: Ledger, ways: Ways) {
    this.#ledger = ledger;
    this.#ways = ways;
    this.#server = ways.server ?? "";
  }

  start(): void {
    if (this.#ways.ended()) this.#poll();
    else this.#open();
    const { signal } = this.#life;
    const ticking = setInterval(() => this.#tick(), TICK);
    signal.addEventListener("abort", () => clearInterval(ticking));
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#wake(true), { signal });
    addEventListener("pagehide", () => this.#close(), { signal });
    addEventListener("online", () => this.#wake(true), { signal });
    addEventListener("offline", () => this.#ways.say("reconnecting"), { signal });
  }

  /** For good: what shows the coverage is taken out of its page. */
  stop(): void {
    this.#life.abort();
    this.#close();
    clearTimeout(this.#pollAt);
    clearTimeout(this.#gapAt);
  }

  /** The coverage's status changed: what has ended may go on. */
  reconsider(): void {
    if (!this.#ways.ended() && !this.#source && !this.#retryAt) this.#open();
  }

  #open(): void {
    this.#close();
    if (this.#life.signal.aborted) return;
    const { slug } = this.#ways;
    const after = this.#ledger.last;
    const source = new EventSource(`${this.#server}/live/${slug}/stream?after=${after}`);
    this.#source = source;
    this.#opening = window.setTimeout(() => this.#fallBack(), OPEN_WITHIN);
    source.onopen = () => {
      clearTimeout(this.#opening);
      this.#failures = 0;
      this.#polling = false;
      clearTimeout(this.#pollAt);
      this.#ways.say("live");
      if (!this.#proven) this.#check(20 * SECOND);
    };
    source.onmessage = (event: MessageEvent<string>) => {
      this.#alive = Date.now();
      this.#proven = true;
      const frame = JSON.parse(event.data) as Frame;
      this.#ways.heard(Date.parse(frame.time));
      this.#receive(frame);
    };
    source.addEventListener("reset", () => this.#reset());
    source.onerror = () => void this.#failed(source);
  }

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#opening);
    clearTimeout(this.#checkAt);
    clearTimeout(this.#retryAt);
    this.#retryAt = undefined;
  }

  #receive(frame: Frame): void {
    const fit = this.#ledger.offer(frame);
    if (fit === "next") {
      this.#ways.apply(frame);
      this.#settle();
    } else if (fit === "gap") void this.#catchUp();
  }

  #settle(): void {
    for (const frame of this.#ledger.release()) this.#ways.apply(frame);
    this.#ways.reached(this.#ledger.last);
  }

  /** One delta at a time; what the stream held back meanwhile follows it. */
  #catchUp(): Promise<Outcome> {
    const { slug, epoch } = this.#ways;
    this.#running ??= catchUp(
      `/live/${slug}/changes/${this.#ledger.last}?epoch=${epoch}`,
      (changes) => this.#take(changes),
      (now) => this.#ways.heard(now),
      (path) => fetch(`${this.#server}${String(path)}`),
    ).then((outcome) => {
      this.#running = undefined;
      if (outcome === "refused") this.#reset();
      else if (this.#ledger.waiting) {
        // A cache answered with less than the stream has shown: ask again, soon.
        clearTimeout(this.#gapAt);
        this.#gapAt = window.setTimeout(() => void this.#catchUp(), jitter(SECOND));
      }
      return outcome;
    });
    return this.#running;
  }

  #take(changes: Changes): void {
    for (const frame of changes.changes) this.#ways.apply(frame);
    this.#ledger.caughtUp(changes);
    this.#settle();
  }

  async #failed(source: EventSource): Promise<void> {
    if (source !== this.#source) return;
    this.#failures += 1;
    if (source.readyState !== EventSource.CLOSED) {
      // It connects again by itself; if it can't for long, the delta steps in.
      this.#ways.say("reconnecting");
      clearTimeout(this.#opening);
      this.#opening = window.setTimeout(() => this.#fallBack(), OPEN_WITHIN);
      if (this.#failures > 2) this.#fallBack();
      return;
    }
    this.#close();
    this.#ways.say("reconnecting");
    await this.#catchUp();
    if (this.#source) return;
    if (this.#ways.ended()) this.#poll();
    else {
      this.#retry(backoff(this.#failures, SECOND, MINUTE));
      if (this.#failures > 2) this.#poll();
    }
  }

  /** The stream doesn't come through: poll, and try it again every minute. */
  #fallBack(): void {
    this.#close();
    this.#retry(jitter(MINUTE));
    this.#poll();
  }

  #retry(after: number): void {
    clearTimeout(this.#retryAt);
    if (this.#life.signal.aborted) return;
    this.#retryAt = window.setTimeout(() => {
      this.#retryAt = undefined;
      if (!this.#ways.ended()) this.#open();
    }, after);
  }

  #poll(): void {
    if (this.#polling) return;
    this.#polling = true;
    let failures = 0;
    const round = async (): Promise<void> => {
      if (this.#life.signal.aborted) return;
      if (!document.hidden) {
        const outcome = await this.#catchUp();
        if (!this.#polling) return;
        failures = outcome === "failed" || outcome === "refused" ? failures + 1 : 0;
        this.#ways.say(failures ? "reconnecting" : this.#ways.ended() ? "ended" : "polling");
      }
      const pause = this.#ways.ended() ? MINUTE : POLL;
      clearTimeout(this.#pollAt);
      this.#pollAt = window.setTimeout(() => void round(), backoff(failures, pause, MINUTE));
    };
    void round();
  }

  /** A stream that has opened, but never delivered: does the delta know more? */
  #check(after: number): void {
    clearTimeout(this.#checkAt);
    this.#checkAt = window.setTimeout(async () => {
      if (this.#proven || !this.#source) return;
      const outcome = document.hidden ? "same" : await this.#catchUp();
      if (this.#proven || !this.#source) return;
      if (outcome === "changed") this.#fallBack();
      else this.#check(Math.min(after * 2, 10 * MINUTE));
    }, jitter(after));
  }

  #tick(): void {
    if (document.hidden) return;
    if (Date.now() - this.#alive > ASLEEP) this.#wake();
    this.#alive = Date.now();
  }

  /** After a sleep, a way through a tunnel or a journey back in history: look, then listen again. */
  #wake(anew = false): void {
    const gap = Date.now() - this.#alive;
    this.#alive = Date.now();
    const open = this.#source?.readyState === EventSource.OPEN;
    if (open && !anew && gap <= STALE) return;
    void this.#catchUp().then(() => {
      if (this.#ways.ended()) this.#poll();
      else if (!open || anew || gap > ASLEEP) this.#open();
    });
  }

  #reset(): void {
    if (this.#ways.reload()) this.#close();
    else this.#fallBack();
  }
}
