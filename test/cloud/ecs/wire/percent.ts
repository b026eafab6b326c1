// The percent-encoding that both signature styles sign over: RFC 3986, unlike URLSearchParams.

/** Encodes everything but letters, digits and `-_.~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `name=value&…`, sorted by name and encoded. */
export function canonicalQuery(fields: readonly (readonly [string, string])[]): string {
  return fields
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
