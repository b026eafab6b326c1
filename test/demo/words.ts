// What `npm start` prints beside the plan table and the notices, in both languages.
import type { Language } from '../../lib/wording/languages.ts';

/** The sentences of the report. */
export interface ReportWords {
  counts: (of: { events: number; plans: number; hours: number; seconds: number; restarts: number }) => string;
  plans: (statuses: readonly (readonly [string, number])[]) => string;
  /** What stands between two sentences. */
  between: string;
  promised: (windows: number, kept: number) => string;
  notKept: (names: readonly string[]) => string;
  outside: (restarts: number) => string;
  quarters: (limit: number) => string;
  special: (names: readonly string[]) => string;
  crew: (of: { size: number; group: string; limit: number }) => string;
  member: (of: { planned: string; restarted: string; status: string; at: string }) => string;
  never: string;
  timeline: (name: string) => string;
  held: string;
  broken: (of: { promise: number; instanceId: string; what: string }) => string;
  page: (path: string) => string;
}

const en: ReportWords = {
  counts: ({ events, plans, hours, seconds, restarts }) =>
    `${events} events on ${plans} instances. ${hours} hours were played in ${seconds} s. The planner sent ${restarts} restarts.`,
  plans: (statuses) => `Plans: ${statuses.map(([status, number]) => `${number} ${status}`).join(', ')}.`,
  between: ' ',
  promised: (windows, kept) => `${windows} were promised a window, and ${kept} of them were restarted in it.`,
  notKept: (names) => `The rows of the others say why not: ${names.join(', ')}.`,
  outside: (restarts) => `${restarts} were restarted outside of a window, as their rows had said.`,
  quarters: (limit) => `Restarts by the quarter of an hour. At most ${limit} instances may be down at once:`,
  special: (names) => `${names.length} of them are special cases: ${names.join(', ')}.`,
  crew: ({ size, group, limit }) =>
    `The ${size} instances of group ${group}. At most ${limit} of them may be down at once:`,
  member: ({ planned, restarted, status, at }) =>
    `planned for ${planned}, restarted ${restarted}, ${status} ${at}`,
  never: 'never',
  timeline: (name) => `The timeline of ${name}, which has a backup and commands:`,
  held: 'Every promise held: never twice, never at a wrong time, never dropped, never on hearsay, fails closed.',
  broken: ({ promise, instanceId, what }) => `BROKEN: promise ${promise}, ${instanceId}: ${what}`,
  page: (path) => `The night as a page, with a chart of each plan: ${path}`,
};

const zh: ReportWords = {
  counts: ({ events, plans, hours, seconds, restarts }) =>
    `${plans} 台实例上共有 ${events} 个事件。${seconds} 秒内演完 ${hours} 小时。共发出 ${restarts} 次重启。`,
  plans: (statuses) => `计划：${statuses.map(([status, number]) => `${number} 个 ${status}`).join('，')}。`,
  between: '',
  promised: (windows, kept) => `${windows} 台排进了维护窗口，其中 ${kept} 台在窗口内重启。`,
  notKept: (names) => `其余实例的原因见各自的行：${names.join('、')}。`,
  outside: (restarts) => `${restarts} 台按其行中所述在窗口外重启。`,
  quarters: (limit) => `每一刻钟的重启次数（同时停机最多 ${limit} 台）：`,
  special: (names) => `其中 ${names.length} 台为特殊情形：${names.join('、')}。`,
  crew: ({ size, group, limit }) => `组 ${group} 的 ${size} 台实例（同时停机最多 ${limit} 台）：`,
  member: ({ planned, restarted, status, at }) => `计划 ${planned}，重启 ${restarted}，${status} ${at}`,
  never: '无',
  timeline: (name) => `${name} 的时间线（含备份和命令）：`,
  held: '每条承诺均已兑现：绝不重启两次，绝不在错误的时间，绝不遗漏，绝不轻信，无法确定时不重启。',
  broken: ({ promise, instanceId, what }) => `违反承诺 ${promise}，${instanceId}：${what}`,
  page: (path) => `这一夜的页面（每个计划一张图）：${path}`,
};

/** The sentences in each language. */
export const reportWords: Readonly<Record<Language, ReportWords>> = { en, zh };
