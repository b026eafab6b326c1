// The percent-encoding that both signature styles use: RFC 3986, which differs from URLSearchParams.

/** Encodes everything except letters, digits and `-_.~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Returns `name=value&…`, encoded and sorted by name. */
export function canonicalQuery(fields: readonly (readonly [string, string])[]): string {
  return fields
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
