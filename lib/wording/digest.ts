// The digest of a run, in both languages: what happened to which plans, those that need a person first. lib/channels brings it into
// the form of each receiver, and spells what others wrote so that it cannot become a mention or a link.
import { iso, latest, type Instant } from '../plan/calendar/instant.ts';
import { needsPerson, newsKinds, type NewsItem, type NewsKind } from '../plan/news-item.ts';
import type { Notice, NoticeEntry, NoticeLine, NoticeSection } from '../plan/notice.ts';
import { inLanguage, timeIn, type Language } from './languages.ts';

/** Some news of one row. */
export interface NewsOfRow {
  regionId: string;
  instanceId: string;
  instanceName?: string;
  items: readonly NewsItem[];
}

/** A region that the plan function could not read. */
export interface UnreadRegion {
  regionId: string;
  /** Words of a service. */
  message: string;
}

/** What a digest tells. */
export interface DigestParts {
  language: Language;
  /** Of the times that it names. */
  timeZone: string;
  rows: readonly NewsOfRow[];
  /** Regions that cannot be read. */
  regions?: readonly UnreadRegion[];
  /** True where no region could be read: the run did nothing. */
  isAllUnread?: boolean;
  /** When the regions could not be read. */
  at: Instant;
}

/** The digest. Its time is that of its newest news, so that the same digest sent again is the same message. */
export function digestOf(parts: DigestParts): Notice {
  const { language, rows, regions = [], at } = parts;
  const items = rows.flatMap((row) => row.items);
  const isCritical = regions.length > 0 || items.some(({ kind }) => needsPerson(kind));
  const isWarning = items.some(({ kind }) => kind === 'no-window' || kind === 'put-off');
  return {
    type: 'run.digest',
    at: regions.length > 0 || items.length === 0 ? at : items.map((item) => item.at).reduce(latest),
    language,
    severity: isCritical ? 'critical' : isWarning ? 'warning' : 'info',
    title: titleOf(parts),
    sections: [regionSection(parts), ...newsKinds.map((kind) => sectionOf(kind, parts))].filter(
      ({ entries }) => entries.length > 0,
    ),
  };
}

function titleOf({ language, rows, regions = [] }: DigestParts): NoticeLine {
  const kinds = rows.flatMap(({ items }) => items.map(({ kind }) => kind));
  const up = kinds.filter((kind) => kind === 'up-again').length;
  const forPersons = kinds.filter(needsPerson).length;
  const counts = { regions: regions.length, forPersons, up, others: kinds.length - up - forPersons };
  return [language === 'zh' ? zhTitle(counts) : enTitle(counts)];
}

interface Counts {
  regions: number;
  forPersons: number;
  up: number;
  others: number;
}

function enTitle({ regions, forPersons, up, others }: Counts): string {
  const parts = [
    ...(regions > 0 ? [`${regions} ${regions === 1 ? 'region' : 'regions'} cannot be read`] : []),
    ...(forPersons > 0 ? [`${forPersons} ${forPersons === 1 ? 'needs' : 'need'} a person`] : []),
    ...(up > 0 ? [`${up} up again`] : []),
    ...(others > 0 ? [`${others} other ${others === 1 ? 'change' : 'changes'}`] : []),
  ];
  return `Scheduled reboots: ${parts.join(', ')}`;
}

function zhTitle({ regions, forPersons, up, others }: Counts): string {
  const parts = [
    ...(regions > 0 ? [`${regions} 个地域无法读取`] : []),
    ...(forPersons > 0 ? [`${forPersons} 项需要人工处理`] : []),
    ...(up > 0 ? [`${up} 台实例已恢复运行`] : []),
    ...(others > 0 ? [`${others} 项其他变化`] : []),
  ];
  return `计划内重启：${parts.join('，')}`;
}

const headings: Readonly<Record<Language, Readonly<Record<NewsKind, string>>>> = {
  en: {
    escalated: 'Escalated: you are needed',
    'not-undone': 'Undo the pre-command by hand',
    missed: 'Missed: not restarted by the planner',
    approval: 'Waits for your approval',
    stopped: 'Stopped by a failed proof',
    'no-window': 'No window fits',
    'put-off': 'Held by a person',
    begun: 'Restart begun',
    undone: 'Pre-command undone',
    'up-again': 'Up again',
  },
  zh: {
    escalated: '需要人工处理（Escalated）',
    'not-undone': '请手动撤销前置命令',
    missed: '错过（Missed）：未由本程序重启',
    approval: '等待您审批',
    stopped: '因重启未得到证实而停止',
    'no-window': '没有合适的维护窗口',
    'put-off': '已被运维人员暂停',
    begun: '已开始重启',
    undone: '前置命令已撤销',
    'up-again': '已恢复运行',
  },
};

function sectionOf(kind: NewsKind, parts: DigestParts): NoticeSection {
  const entries = parts.rows.flatMap((row) =>
    row.items.filter((item) => item.kind === kind).map((item) => entryOf(row, item, parts)),
  );
  return { heading: [headings[parts.language][kind]], entries };
}

function entryOf(row: NewsOfRow, item: NewsItem, { language, timeZone }: DigestParts): NoticeEntry {
  const { regionId, instanceId, instanceName } = row;
  const { kind, at, planId, why } = item;
  const [open, close, colon] = language === 'zh' ? ['（', '）', '：'] : [' (', ')', ': '];
  const place: NoticeLine =
    instanceName === undefined
      ? [{ foreign: instanceId }, open, regionId, close]
      : [
          { foreign: instanceName },
          open,
          { foreign: instanceId },
          language === 'zh' ? '，' : ', ',
          regionId,
          close,
        ];
  // For thousands of proven restarts the sentence would say the same.
  const said = isShort(kind) ? timeIn(language, at, timeZone) : inLanguage(language, why);
  return {
    line: [...place, colon, said],
    ...(kind === 'approval' ? { command: `npx reboot-plans approve ${instanceId}` } : {}),
    facts: { region: regionId, instance: instanceId, plan: planId, kind, at: iso(at), code: why.code },
  };
}

function isShort(kind: NewsKind): boolean {
  return kind === 'up-again' || kind === 'begun';
}

function regionSection({ language, regions = [], isAllUnread, at }: DigestParts): NoticeSection {
  const heading = isAllUnread === true ? nothingDone[language] : unread[language];
  const colon = language === 'zh' ? '：' : ': ';
  return {
    heading: [heading],
    entries: regions.map(({ regionId, message }) => ({
      line: [{ foreign: regionId }, colon, { foreign: message }],
      facts: { region: regionId, kind: 'region-unread', at: iso(at) },
    })),
  };
}

const unread = {
  en: 'These regions cannot be read: nothing is planned there',
  zh: '以下地域无法读取，未制定任何计划',
} as const;
const nothingDone = {
  en: 'The plan function could do nothing: no region can be read',
  zh: '计划函数未能执行任何操作：所有地域均无法读取',
} as const;
