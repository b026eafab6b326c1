// Repeatable randomness: what looks random in the cloud is a hash of the seed and a name.

/** Returns a number in [0, 1) that depends only on the text (FNV-1a with a final mix). */
export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Changes `ms` by up to `share` of itself, in whole milliseconds. The same name gives the same result. */
export function jittered(ms: number, share: number, name: string): number {
  return Math.round(ms * (1 + share * (2 * fraction(name) - 1)));
}
