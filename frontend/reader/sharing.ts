/**
 * Owns "Share" under an update: on a phone the device's own sheet, elsewhere the address is copied.
 * Where the browser lets neither happen, it stays a link to the update.
 */
import { headlineOf } from "./articles.ts";
import { isPlain } from "./clicks.ts";
import { copied } from "./words.ts";

const COPIED_FOR = 2500;

export function sharing(main: HTMLElement, say: (words: string) => void): void {
  main.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".share a");
    const isPhone = "share" in navigator && matchMedia("(pointer: coarse)").matches;
    if (!link || !isPlain(event) || !(isPhone || navigator.clipboard)) return;
    event.preventDefault();
    const url = link.href;
    const title = headlineOf(link.closest("article")!) || document.title;
    const done = isPhone
      ? navigator.share({ title, url })
      : navigator.clipboard.writeText(url).then(() => told(link));
    done.catch((error: Error) => {
      // A sheet that was closed again is no failure.
      if (error.name !== "AbortError") location.href = url;
    });
  });

  function told(link: HTMLElement): void {
    const words = link.textContent ?? "";
    link.textContent = copied();
    say(copied());
    setTimeout(() => (link.textContent = words), COPIED_FOR);
  }
}
