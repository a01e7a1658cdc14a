/** Owns which clicks are the script's: with a modifier key they are the browser's. */

export function isPlain(event: MouseEvent): boolean {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}
