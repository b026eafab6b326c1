// The words of a review in both languages, beside its statements. Statuses and types of ECS and codes are the same in both.
import type { DownBy } from '../../plan/review/crowds.ts';
import type { Times } from '../../plan/review/times.ts';
import type { Language } from '../languages.ts';
import { counted } from '../words.ts';

interface ReviewWords {
  title: string;
  period: (since: string, until: string) => string;
  summary: (v: { events: number; avoided: number; executed: number; unannounced: number }) => string;
  shares: (v: { over: number; us: string; others: string; ecs: string }) => string;
  unread: string;
  all: string;
  region: string;
  instance: string;
  events: string;
  reboots: string;
  rebootsHead: readonly string[];
  rebootsNote: string;
  types: string;
  type: string;
  outcomes: string;
  times: string;
  timesHead: readonly string[];
  timesNote: string;
  measures: Readonly<Record<keyof Times, string>>;
  ends: string;
  endsHead: readonly string[];
  waitedFor: (code: string, waited: string) => string;
  failures: string;
  failuresHead: readonly string[];
  unplanned: string;
  why: string;
  eventIds: string;
  crowds: string;
  crowdsHead: readonly string[];
  crowdsNote: string;
  by: Readonly<Record<DownBy, string>>;
  disagreements: string;
  agrees: string;
  what: string;
  plans: string;
  leftOut: (plans: number) => string;
  none: string;
  more: (count: number) => string;
  colon: string;
  comma: string;
}

const en: ReviewWords = {
  title: 'Review of maintenance events',
  period: (since, until) =>
    `From ${since} to ${until}. An event counts if it was open at some time of that period.`,
  summary: (v) =>
    `${counted(v.events, 'event')}: ${v.avoided} Avoided, ${v.executed} Executed. ${v.unannounced} struck without notice.`,
  shares: (v) =>
    `${counted(v.over, 'maintenance reboot')} ${v.over === 1 ? 'is' : 'are'} over: the planner avoided ${v.us}, somebody else avoided ${v.others}, and ECS carried out ${v.ecs}.`,
  unread: 'What could not be read',
  all: 'All',
  region: 'Region',
  instance: 'Instance',
  events: 'Events',
  reboots: 'Maintenance reboots, by who ended them',
  rebootsHead: ['Events', 'By the planner', 'By others', 'By ECS', 'Canceled', 'Failed', 'Open', 'Other'],
  rebootsNote: 'The shares are of those that are over.',
  types: 'Events by type and outcome',
  type: 'Type',
  outcomes: 'Outcomes',
  times: 'How long things took',
  timesHead: ['What', 'Measured', 'Shortest', 'Median', '95th percentile', 'Longest'],
  timesNote:
    'Median and percentile are measured lengths (nearest rank), not averages. ECS gives whole seconds by its own clock. “To Running” is an upper bound: the planner looks after 5, 10, 15 and 20 s and then each minute, and the instance was Running before the look that showed it.',
  measures: {
    lead: 'Publication to the first NotBefore',
    toRow: 'Publication to a row',
    toAvoided: 'RebootInstance to Avoided in ECS',
    toRunning: 'RebootInstance to Running, at most',
    toProven: 'RebootInstance to the proof',
  },
  ends: 'Plans that ended Missed or Escalated',
  endsHead: ['Status', 'Reason', 'Plans', 'Instances', 'What would have prevented it'],
  waitedFor: (code, waited) => `${code}, waited for ${waited}`,
  failures: 'Failures without notice',
  failuresHead: ['Failures', 'Types', 'Last'],
  unplanned: 'Events without a plan',
  why: 'Why',
  eventIds: 'Some of them',
  crowds: 'Groups that were down beyond their limit',
  crowdsHead: ['Group', 'From', 'For', 'Down at once', 'Limit', 'Instances'],
  crowdsNote:
    'Known are restarts of the planner and what ECS carried out. Restarts and stops by an owner leave no record here.',
  by: { us: 'planner', ecs: 'ECS', failure: 'failure' },
  disagreements: 'Where plans and ECS disagree',
  agrees: 'Plans and ECS agree.',
  what: 'What',
  plans: 'The plans of this period',
  leftOut: (plans) =>
    `${plans} more ${plans === 1 ? 'plan is' : 'plans are'} not drawn. \`reboot-plans timeline --since\` draws all.`,
  none: 'None.',
  more: (count) => `${count} more in the JSON of this report.`,
  colon: ': ',
  comma: ', ',
};

const zh: ReviewWords = {
  title: '运维事件回顾',
  period: (since, until) => `${since} 至 ${until}。在此期间任一时刻未结束的事件均计入。`,
  summary: (v) =>
    `共 ${v.events} 个事件：${v.avoided} 个 Avoided，${v.executed} 个 Executed；${v.unannounced} 个未经通知发生。`,
  shares: (v) =>
    `已结束的计划内重启事件共 ${v.over} 个：由本程序避免 ${v.us}，由他人避免 ${v.others}，由 ECS 执行 ${v.ecs}。`,
  unread: '未能读取的内容',
  all: '全部',
  region: '地域',
  instance: '实例',
  events: '事件',
  reboots: '计划内重启事件，按由谁结束',
  rebootsHead: ['事件', '本程序', '他人', 'ECS', 'Canceled', 'Failed', '未结束', '其他'],
  rebootsNote: '比例以已结束的事件为准。',
  types: '事件的类型与结果',
  type: '类型',
  outcomes: '结果',
  times: '耗时',
  timesHead: ['项目', '次数', '最短', '中位数', '95 百分位', '最长'],
  timesNote:
    '中位数与百分位均为实际测得的时长（最近秩法），不是平均值。ECS 的时间以其自身时钟的整秒为准。“至 Running”为上限：本程序在 5、10、15、20 秒后查看，此后每分钟一次，实例在被看到之前已在运行。',
  measures: {
    lead: '发布至最初的 NotBefore',
    toRow: '发布至写入行',
    toAvoided: 'RebootInstance 至 ECS 中 Avoided',
    toRunning: 'RebootInstance 至 Running（上限）',
    toProven: 'RebootInstance 至得到证实',
  },
  ends: '以 Missed 或 Escalated 结束的计划',
  endsHead: ['状态', '原因', '计划', '实例', '如何避免'],
  waitedFor: (code, waited) => `${code}，此前等待 ${waited}`,
  failures: '未经通知的故障',
  failuresHead: ['故障', '类型', '最近一次'],
  unplanned: '没有计划的事件',
  why: '原因',
  eventIds: '部分事件',
  crowds: '同时停机超出上限的组',
  crowdsHead: ['组', '开始', '时长', '同时停机', '上限', '实例'],
  crowdsNote: '已知的是本程序的重启和 ECS 执行的事件。所有者自行重启或停止实例在此没有记录。',
  by: { us: '本程序', ecs: 'ECS', failure: '故障' },
  disagreements: '计划与 ECS 不一致之处',
  agrees: '计划与 ECS 一致。',
  what: '内容',
  plans: '此期间的计划',
  leftOut: (plans) => `另有 ${plans} 个计划未绘出，\`reboot-plans timeline --since\` 可绘出全部。`,
  none: '无。',
  more: (count) => `其余 ${count} 项见本报告的 JSON。`,
  colon: '：',
  comma: '，',
};

/** The words of each language. */
export const reviewWords: Readonly<Record<Language, ReviewWords>> = { en, zh };

/** Why plans ended: the code of their reason, and of what they waited for until then. */
export function causeText(
  { code, waitedFor }: { code: string; waitedFor?: string },
  language: Language,
): string {
  return waitedFor === undefined ? code : reviewWords[language].waitedFor(code, waitedFor);
}
