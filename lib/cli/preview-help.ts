// The help of `preview` in each language. What a setting expects is said in English, as in every fault.
import type { Language } from '../settings/language.ts';

const en = {
  description: 'what the planner would choose; needs no environment and no account',
  now: 'the time of planning, an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z (default: now)',
  notBefore: 'the NotBefore of the event, in the same format (required without --events)',
  tag: 'a tag of the instance, as in group=web, with or without reboot-planner: before it; repeatable',
  ecsWindow: 'the window that the owner set in ECS, as in "daily 02:00-06:00 Asia/Shanghai"',
  groupTaken: 'slots that others of its group have: START or START/END, with commas; repeatable',
  events: 'many events instead of one: one JSON object per line, or a JSON array; - reads stdin',
  lang: 'the language of sentences: en or zh (default: PLANS_LANG, then the locale of the terminal)',
  json: 'print one JSON object and nothing else',
  standsFor: (setting: string, byDefault: string): string => `as ${setting} (default: ${byDefault})`,
  eventsBefore: 'A line of --events:',
  eventsAfter: 'The last three fields may be absent.',
};

const zh: typeof en = {
  description: '查看计划会如何安排；不需要环境变量，也不需要账号',
  now: '计划的时间，带 Z 或时差的 ISO 8601 时间，例如 2026-12-01T18:00:00Z（默认：现在）',
  notBefore: '系统事件的 NotBefore，格式同上（没有 --events 时必填）',
  tag: '实例的标签，例如 group=web，可省略前缀 reboot-planner:；可重复',
  ecsWindow: '负责人在 ECS 设置的维护窗口，例如 "daily 02:00-06:00 Asia/Shanghai"',
  groupTaken: '同组其他实例占用的时段：START 或 START/END，以逗号分隔；可重复',
  events: '多个系统事件：每行一个 JSON 对象，或一个 JSON 数组；- 表示从标准输入读取',
  lang: '语言：en 或 zh（默认：PLANS_LANG，其次为终端的语言）',
  json: '只输出一个 JSON 对象',
  standsFor: (setting, byDefault) => `同 ${setting}（默认：${byDefault}）`,
  eventsBefore: '--events 的一行：',
  eventsAfter: '后三个字段可省略。',
};

/** The help of each language. */
export const previewHelp: Readonly<Record<Language, typeof en>> = { en, zh };
