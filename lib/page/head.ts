// The head of each page that this project makes.
import type { DomElement, Maker, RawText } from './dom.ts';

/** No script, no request to anybody, no form, and nothing that another page could put into it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** What stands in the head, in its order. `more` comes before the title. */
export function headOf(
  { html, raw }: Maker,
  { title, style, more = [] }: { title: RawText; style: RawText; more?: readonly DomElement[] },
): DomElement[] {
  return [
    html('meta', { charset: 'utf-8' }),
    html('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    html('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    ...more,
    raw('title', title),
    raw('style', style),
  ];
}
