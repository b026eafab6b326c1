// The lines of a notice, for all receivers that show text, and the cut of a notice that is too long: whole entries from the end
// are left out, and a last line says how many. Nothing here makes a link, so no cut can fall into one.
import { productName } from '../constants.ts';
import { longestInNotice, type Notice, type NoticeLine, type NoticeSection } from '../plan/notice.ts';
import { cut } from './safe-text.ts';

/** A line of text of a notice. Its text is not yet safe to show. */
export interface LaidLine {
  kind: 'heading' | 'entry' | 'command' | 'more' | 'product';
  text: string;
}

/** A notice as receivers show it. */
export interface Layout {
  title: string;
  lines: readonly LaidLine[];
}

/** How long texts may be, in UTF-16 units. */
const longest = { ...longestInNotice, title: 120, heading: 150, command: 800 } as const;

const marks = { info: '🟢', warning: '🟠', critical: '🔴' } as const;

/** The raw text of a line. */
export function lineText(line: NoticeLine, most: number = longest.line): string {
  const parts = line.map((part) => (typeof part === 'string' ? part : cut(part.foreign, longest.foreign)));
  return cut(parts.join(''), most);
}

/** The lines of a notice of which the last entries may be left out. The last line is the keyword of the product. */
function layoutOf({ notice, sections, omitted }: Shown): Layout {
  const lines = sections.flatMap(({ heading, entries }): LaidLine[] => [
    { kind: 'heading', text: lineText(heading, longest.heading) },
    ...entries.flatMap(({ line, command = '' }): LaidLine[] => [
      { kind: 'entry', text: lineText(line) },
      ...(command === '' || command.length > longest.command
        ? []
        : [{ kind: 'command', text: command } as const]),
    ]),
  ]);
  const more = omitted === 0 ? [] : [{ kind: 'more', text: moreText(notice, omitted) } as const];
  return {
    title: `${marks[notice.severity]} ${lineText(notice.title, longest.title)}`,
    lines: [...lines, ...more, { kind: 'product', text: productName }],
  };
}

function moreText({ language }: Notice, omitted: number): string {
  return language === 'zh' ? `…… 还有 ${omitted} 条` : `… and ${omitted} more`;
}

/** A notice of which the last entries are left out. */
export interface Shown {
  notice: Notice;
  sections: readonly NoticeSection[];
  omitted: number;
}

/** The body with as many entries as fit. */
export function fittedBody(
  notice: Notice,
  bodyOf: (layout: Layout) => unknown,
  fits: (body: string) => boolean,
): string {
  return fitted(notice, (shown) => JSON.stringify(bodyOf(layoutOf(shown))), fits);
}

/** The text of the notice with as many entries as fit. A notice without entries is taken to fit. */
export function fitted(
  notice: Notice,
  render: (shown: Shown) => string,
  fits: (rendered: string) => boolean,
): string {
  const total = notice.sections.reduce((sum, { entries }) => sum + entries.length, 0);
  const rendered = (count: number): string => render(shownOf(notice, count, total));
  const whole = rendered(total);
  if (fits(whole)) return whole;
  let [least, most] = [0, total - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(rendered(middle))) least = middle;
    else most = middle - 1;
  }
  return rendered(Math.max(0, least));
}

function shownOf(notice: Notice, count: number, total: number): Shown {
  let left = count;
  const sections = notice.sections.flatMap(({ heading, entries }): NoticeSection[] => {
    const shown = entries.slice(0, left);
    left -= shown.length;
    return shown.length === 0 ? [] : [{ heading, entries: shown }];
  });
  return { notice, sections, omitted: total - count };
}
