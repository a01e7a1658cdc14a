/**
 * For the page around a frame: gives each frame of a coverage its height, and tells it the colours
 * that it stands among. Knows a frame by its window and its address; nothing else is listened to.
 */
const told = new WeakSet<Window>();

addEventListener("message", ({ source, origin, data }: MessageEvent<Record<string, unknown> | null>) => {
  const height = Number(data?.height);
  if (data?.dateline !== "height" || !(height > 0 && height < 1e6)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    const theirs = frame.contentWindow;
    if (!theirs || theirs !== source || new URL(frame.src).origin !== origin) continue;
    frame.style.height = `${height}px`;
    if (!told.has(theirs)) theirs.postMessage(colours(frame), origin);
    told.add(theirs);
  }
});

/** The text's colour, the first ground behind it, and the accent if the page names one. */
function colours(frame: HTMLElement): Record<string, string> {
  const around = getComputedStyle(frame.parentElement ?? document.body);
  const accent = around.getPropertyValue("--dateline-accent").trim();
  let paper = "";
  for (let one = frame.parentElement; one && !paper; one = one.parentElement) {
    const { backgroundColor } = getComputedStyle(one);
    if (!/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor)) paper = backgroundColor;
  }
  return { dateline: "colours", ink: around.color, paper, accent };
}
