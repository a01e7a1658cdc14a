/** The reader's script: keeps a page that works without it up to date. */
import { ages, Clock } from "./ages.ts";
import { Announcer } from "./announce.ts";
import { Page } from "./apply.ts";
import { byId, headlineOf } from "./articles.ts";
import { embeds } from "./embeds.ts";
import { feed } from "./feed.ts";
import { finding } from "./finding.ts";
import { Ledger } from "./ledger.ts";
import { atMostOnce, MINUTE, SECOND } from "./pace.ts";
import { onward } from "./onward.ts";
import { photos } from "./photos.ts";
import { sharing } from "./sharing.ts";
import { since } from "./since.ts";
import { speak } from "./speech.ts";
import { Connection } from "./stream.ts";
import { toast } from "./toast.ts";
import { type Link, linkWords, newUpdates, titled } from "./words.ts";

const LISTENING = ["live", "polling", "ended"];

speak(document.documentElement.lang, document.getElementById("words")?.textContent ?? "");
const main = byId("coverage");
const { slug = "", epoch = "", focus, order, seq = "0" } = main.dataset;
const pause = byId("pause");
const line = byId("connection");
const ledger = new Ledger(Number(main.dataset.seq));
const announcer = new Announcer((words) => (byId("announce").textContent = words));
const clock = new Clock();
const showAges = ages(main, clock, () => LISTENING.includes(link) && !page.paused);
let title = document.title;
let heading = document.querySelector("h1")?.textContent ?? "";
let link: Link = "connecting";
let waiting = 0;
let unseen = 0;

function retitle(): void {
  document.title = titled(title, waiting + unseen);
}

function say(now: Link): void {
  link = now;
  const { status = "" } = main.dataset;
  const words = linkWords(link, status, page.paused);
  pause.hidden = status === "ended";
  line.textContent = words;
  line.hidden = !words;
  line.dataset.link = link;
  showAges();
}

const page = new Page(main, ledger, {
  arrived(article, held) {
    const { key } = article.dataset;
    announcer.add(1, key === undefined ? "" : headlineOf(article));
    if (!held) ways.settle(true);
    if (!held && document.hidden) unseen += 1;
    retitle();
  },
  pending(count) {
    waiting = count;
    button.show(count ? newUpdates(count) : "");
    retitle();
  },
  described() {
    const words = document.querySelector("h1")?.textContent ?? "";
    title = title.replace(heading, () => words);
    heading = words;
    retitle();
    say(link);
    connection.reconsider();
  },
});

const ways = finding(main, ledger, () => page.paused);
const newest = `/live/${slug}${order ? `?order=oldest&after=${seq}` : ""}`;
const button = toast(byId("toast") as HTMLButtonElement, page, newest);

pause.onclick = () => {
  if (page.paused) page.resume();
  else page.pause();
  const { textContent, dataset } = pause;
  pause.textContent = dataset.other ?? "";
  dataset.other = textContent ?? "";
  say(link);
};

const connection = new Connection(ledger, {
  slug,
  epoch,
  say,
  ended: () => main.dataset.status === "ended",
  apply(frame) {
    page.apply(frame);
    if (frame.kind === "redact") ways.changed(true);
  },
  heard: (now) => clock.heard(now),
  reached(seq) {
    main.dataset.seq = String(seq);
    ways.changed();
    showAges();
  },
  reload() {
    try {
      if (!atMostOnce(sessionStorage, `reloaded ${slug}`, MINUTE, Date.now())) return false;
    } catch {
      return false; // without storage nothing would stop a page that reloads for ever
    }
    // Spread over two seconds: all readers of a coverage are told to reload at once.
    setTimeout(() => location.reload(), Math.random() * 2 * SECOND);
    return true;
  },
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  retitle();
});

if (focus && !location.hash) document.getElementById(`p-${focus}`)?.scrollIntoView();
since(slug, Number(seq), page, document.getElementById("since"));
embeds(main);
onward(main, page);
photos(main, byId("photo") as HTMLDialogElement);
sharing(main, (words) => (byId("announce").textContent = words));
feed(byId("stream"));
say(link);
connection.start();
