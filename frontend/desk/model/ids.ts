/** Ids made on the device: a draft keeps its id for life, so it is published once for certain. */

/** A UUIDv7 (RFC 9562): 48 bits of time, then chance. `now` in milliseconds, `chance` 10 bytes. */
export function uuid7(now: number, chance: Uint8Array): string {
  const bytes = new Uint8Array(16);
  for (let n = 0; n < 6; n++) bytes[n] = Math.floor(now / 2 ** (8 * (5 - n))) % 256;
  bytes.set(chance.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function newId(): string {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
