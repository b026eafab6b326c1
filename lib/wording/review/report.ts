// The report of a review, as blocks: first what it says in one paragraph, then tables, per region and in all. A long table is cut:
// the JSON of the report has everything.
import type { Figures, Review } from '../../plan/review/figures.ts';
import { instantOf, type EpochMs } from '../../plan/review/records.ts';
import { inLanguage, timeIn, type Language } from '../languages.ts';
import type { Block, Table } from './blocks.ts';
import { lengthText, shareText } from './lengths.ts';
import { preventionOf } from './preventions.ts';
import { overIn, sharesText } from './shares.ts';
import { causeText, reviewWords } from './words.ts';

/** How the report is written. */
export interface ReportStyle {
  language: Language;
  /** Of all its times. */
  timeZone: string;
  /** What could not be read, as sentences. */
  unread: readonly string[];
}

/** A region, or all of them together. */
interface Place {
  name: string;
  figures: Figures;
}

/** A table of more rows than this is for programs. */
const mostRows = 100;

/** The report. */
export function reportOf(review: Review, style: ReportStyle): Block[] {
  return new Report(review, style).blocks();
}

class Report {
  readonly #review: Review;
  readonly #style: ReportStyle;
  readonly #places: readonly Place[];

  constructor(review: Review, style: ReportStyle) {
    this.#review = review;
    this.#style = style;
    const regions = review.regions.map((figures) => ({ name: figures.regionId, figures }));
    const all = { name: reviewWords[style.language].all, figures: review.all };
    this.#places = regions.length === 1 ? regions : [all, ...regions];
  }

  blocks(): Block[] {
    const words = this.#words;
    const { since, until, all } = this.#review;
    const { unread } = this.#style;
    return [
      { kind: 'heading', level: 1, text: words.title },
      { kind: 'paragraph', text: words.period(this.#time(since), this.#time(until)) },
      { kind: 'paragraph', text: words.summary(all) },
      ...this.#shares(),
      ...(unread.length === 0
        ? []
        : ([heading(words.unread), { kind: 'list', items: unread }] satisfies Block[])),
      ...this.#disagreements(),
      ...this.#reboots(),
      ...this.#times(),
      ...this.#types(),
      ...this.#ends(),
      ...this.#failures(),
      ...this.#unplanned(),
      ...this.#crowds(),
    ];
  }

  #shares(): Block[] {
    const { joined } = this.#review.all;
    if (joined === undefined) return [];
    return [{ kind: 'paragraph', text: sharesText(joined.reboots, this.#style.language) }];
  }

  #disagreements(): Block[] {
    const { joined } = this.#review.all;
    if (joined === undefined) return [];
    const { disagreements: title, region, instance, what: said, agrees } = this.#words;
    const rows = joined.disagreements.map(({ regionId, instanceId, what }) => [
      instanceId,
      regionId,
      inLanguage(this.#style.language, what),
    ]);
    if (rows.length === 0) return [heading(title), { kind: 'paragraph', text: agrees }];
    return [heading(title), ...this.#table(title, [instance, region, said], rows)];
  }

  #reboots(): Block[] {
    const { reboots: title, region, rebootsHead, rebootsNote } = this.#words;
    const rows = this.#places.flatMap(({ name, figures: { joined } }) => {
      if (joined === undefined) return [];
      const { events, us, others, ecs, canceled, failed, open, other } = joined.reboots;
      const over = overIn(joined.reboots);
      const shared = [us, others, ecs].map((count) => shareText(count, over));
      return [[name, String(events), ...shared, ...[canceled, failed, open, other].map(String)]];
    });
    if (rows.length === 0) return [];
    return [
      heading(title),
      ...this.#table(title, [region, ...rebootsHead], rows),
      { kind: 'paragraph', text: rebootsNote },
    ];
  }

  #times(): Block[] {
    const { times: title, region, timesHead, timesNote, measures } = this.#words;
    const { language } = this.#style;
    const rows = this.#places.flatMap(({ name, figures: { times } }) =>
      (['lead', 'toRow', 'toAvoided', 'toRunning', 'toProven'] as const).flatMap((measure) => {
        const spread = times[measure];
        if (spread === undefined) return [];
        const { count, shortest, median, p95, longest } = spread;
        const lengths = [shortest, median, p95, longest].map((ms) => lengthText(ms, language));
        return [[measures[measure], name, String(count), ...lengths]];
      }),
    );
    const [what = '', ...heads] = timesHead;
    return [
      heading(title),
      ...this.#table(title, [what, region, ...heads], rows),
      { kind: 'paragraph', text: timesNote },
    ];
  }

  #types(): Block[] {
    const { types: title, type, region, events: counted, outcomes, comma } = this.#words;
    const rows = this.#places.flatMap(({ name, figures }) =>
      figures.types.map((one) => [
        one.type,
        name,
        String(one.events),
        Object.entries(one.outcomes)
          .map(([status, count]) => `${count} ${status}`)
          .join(comma),
      ]),
    );
    return [heading(title), ...this.#table(title, [type, region, counted, outcomes], rows)];
  }

  #ends(): Block[] {
    const { ends: title, region, endsHead, comma } = this.#words;
    const { language } = this.#style;
    const rows = this.#places.flatMap(({ name, figures: { joined } }) =>
      (joined?.ends ?? []).map((end) => [
        end.status,
        name,
        causeText(end, language),
        String(end.plans),
        end.instanceIds.join(comma),
        preventionOf(end, language),
      ]),
    );
    const [status = '', ...heads] = endsHead;
    return this.#joined([heading(title), ...this.#table(title, [status, region, ...heads], rows)]);
  }

  #failures(): Block[] {
    const { failures: title, instance, region, failuresHead, comma } = this.#words;
    const rows = this.#review.all.failures.map(({ instanceId, regionId, failures, types, lastAt }) => [
      instanceId,
      regionId,
      String(failures),
      types.join(comma),
      lastAt === undefined ? '' : this.#time(lastAt),
    ]);
    return [heading(title), ...this.#table(title, [instance, region, ...failuresHead], rows)];
  }

  #unplanned(): Block[] {
    const { unplanned: title, why: reason, region, events: counted, eventIds: some, comma } = this.#words;
    const rows = this.#places.flatMap(({ name, figures: { joined } }) =>
      (joined?.unplanned ?? []).map(({ why, events, eventIds }) => [
        inLanguage(this.#style.language, why),
        name,
        String(events),
        eventIds.join(comma),
      ]),
    );
    return this.#joined([heading(title), ...this.#table(title, [reason, region, counted, some], rows)]);
  }

  #crowds(): Block[] {
    const { crowds: title, crowdsHead, crowdsNote, region, by: names, comma } = this.#words;
    const { language } = this.#style;
    const rows = (this.#review.all.joined?.crowds ?? []).map((crowd) => [
      crowd.group,
      crowd.regionId,
      this.#time(crowd.from),
      lengthText(crowd.until - crowd.from, language),
      String(crowd.most),
      String(crowd.limit),
      crowd.members.map(({ instanceId, by }) => `${instanceId} (${names[by]})`).join(comma),
    ]);
    const [group = '', ...heads] = crowdsHead;
    return this.#joined([
      heading(title),
      ...this.#table(title, [group, region, ...heads], rows),
      { kind: 'paragraph', text: crowdsNote },
    ]);
  }

  /** The rows, or that there is none. */
  #table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Block[] {
    if (rows.length === 0) return [{ kind: 'paragraph', text: this.#words.none }];
    const table: Table = { kind: 'table', caption, head, rows: rows.slice(0, mostRows) };
    const rest = rows.length - mostRows;
    return rest > 0 ? [table, { kind: 'paragraph', text: this.#words.more(rest) }] : [table];
  }

  /** What needs the plans is left out where these could not be read. */
  #joined(blocks: Block[]): Block[] {
    return this.#review.all.joined === undefined ? [] : blocks;
  }

  #time(at: EpochMs): string {
    const { language, timeZone } = this.#style;
    return timeIn(language, instantOf(at), timeZone);
  }

  get #words(): (typeof reviewWords)[Language] {
    return reviewWords[this.#style.language];
  }
}

function heading(text: string): Block {
  return { kind: 'heading', level: 2, text };
}
