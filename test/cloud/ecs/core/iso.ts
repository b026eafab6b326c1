// The two time formats of the API. Date only converts here. Nothing reads a clock.

/** `2026-06-01T02:00:00Z`: the format of events and of time parameters. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `2026-06-01T02:00Z`: the format of an instance's StartTime and CreationTime, without seconds. */
export function isoMinutes(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** Epoch milliseconds of `yyyy-MM-ddTHH:mm:ssZ`, the only documented format. Undefined for any other text. */
export function parseIsoSeconds(text: string): number | undefined {
  const ms = Date.parse(text);
  return Number.isFinite(ms) && isoSeconds(ms) === text ? ms : undefined;
}

/** Epoch milliseconds of a date in a signature: the documented format, or the same with milliseconds. */
export function parseIsoSignature(text: string): number | undefined {
  return parseIsoSeconds(text.replace(/\.\d{3}Z$/, 'Z'));
}

/** Cuts to whole seconds. The API's times have no fractions, so the stored ones must not have any either. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
