/**
 * The script of the embed's own page, which stands in a frame: keeps it up to date, tells the page
 * around it how high it is, and takes that page's colours if it says them (resize.ts).
 */
import { atMostOnce, MINUTE } from "../reader/pace.ts";
import { follow } from "./following.ts";

const main = document.getElementById("coverage") as HTMLElement;

function tell(): void {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  parent.postMessage({ dateline: "height", height }, "*");
}

addEventListener("message", ({ source, data }: MessageEvent<Record<string, unknown> | null>) => {
  if (source !== parent || data?.dateline !== "colours") return;
  for (const name of ["ink", "paper", "accent"]) {
    const colour = data[name];
    if (typeof colour === "string" && CSS.supports("color", colour)) {
      document.documentElement.style.setProperty(`--dateline-${name}`, colour);
    }
  }
});

function reload(): boolean {
  try {
    if (!atMostOnce(sessionStorage, "reloaded embed", MINUTE, Date.now())) return false;
  } catch {
    return false; // without storage nothing would stop a page that reloads for ever
  }
  location.reload();
  return true;
}

if (parent !== window) new ResizeObserver(tell).observe(main);
follow(main, "", reload);
