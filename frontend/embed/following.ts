/** Owns an embed's life: its posts, its connection, and the words about both. */
import { Announcer } from "../reader/announce.ts";
import { Ledger } from "../reader/ledger.ts";
import { speak } from "../reader/speech.ts";
import { Connection } from "../reader/stream.ts";
import { linkWords, newUpdates } from "../reader/words.ts";
import { Posts } from "./posts.ts";

/** `server`: where the coverage comes from; `reload`: gets all of it anew, or answers false. */
export function follow(
  main: HTMLElement,
  server: string,
  reload: () => boolean,
  settle: (fragment: HTMLElement) => void = () => undefined,
): Connection {
  const find = (id: string): HTMLElement => main.querySelector(`#${id}`) as HTMLElement;
  const { slug = "", epoch = "", seq } = main.dataset;
  speak(main.lang, main.querySelector("#words")?.textContent ?? "");
  const line = find("connection");
  const toast = find("toast");
  const ledger = new Ledger(Number(seq));
  const announcer = new Announcer((words) => (find("announce").textContent = words));
  const posts = new Posts(
    main,
    ledger,
    {
      pending(count) {
        toast.hidden = !count;
        toast.textContent = count ? newUpdates(count) : "";
      },
      arrived: (count) => announcer.add(count),
      described: () => connection.reconsider(),
    },
    settle,
  );
  toast.onclick = () => {
    posts.release();
    main.scrollIntoView();
  };
  const connection = new Connection(ledger, {
    slug,
    epoch,
    server,
    reload,
    ended: () => main.dataset.status === "ended",
    apply: (frame) => posts.apply(frame),
    heard: () => undefined,
    reached: (now) => (main.dataset.seq = String(now)),
    say(link) {
      const words = link === "live" ? "" : linkWords(link, main.dataset.status ?? "");
      line.textContent = words;
      line.hidden = !words || main.dataset.status === "ended";
    },
  });
  connection.start();
  return connection;
}
