// The API's two time formats. Date only converts here; no clock is read.

/** `2026-06-01T02:00:00Z`: the format of events and of time parameters. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `2026-06-01T02:00Z`: the format of an instance's StartTime and CreationTime, which have no seconds. */
export function isoMinutes(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** Epoch milliseconds of `yyyy-MM-ddTHH:mm:ssZ`, the only format that the API documents; otherwise undefined. */
export function parseIsoSeconds(text: string): number | undefined {
  const ms = Date.parse(text);
  return Number.isFinite(ms) && isoSeconds(ms) === text ? ms : undefined;
}

/** The API's times have whole seconds, so the times that the cloud keeps for its answers have too. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
