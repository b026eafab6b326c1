// A report as data: headings, sentences, lists and tables, in their order. Text is plain: whoever writes it as Markdown or HTML
// escapes it.

/** One part of a report. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | Table;

/** A table. Its first column names the row. */
export interface Table {
  kind: 'table';
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}
