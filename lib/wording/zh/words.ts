// Pieces of Chinese sentences that several statements share. A space stands between Chinese and Latin letters or digits, so that
// ids can be copied with a double click. There is none beside full-width punctuation.
import { formatDuration } from '../../plan/calendar/duration.ts';
import { inZone, parseInstant } from '../../plan/calendar/instant.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import type { NoRoom, Seen } from '../../plan/statement.ts';
import { onOneLine } from '../words.ts';

/** Sentences one after the other. One that ends in English, as the words of a service do, is followed by a space. */
export function said(...sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== '')
    .reduce((text, next) => `${text}${needsSpace(text) ? ' ' : ''}${next}`, '');
}

// A text and no pattern: the build writes a text in ASCII, and a pattern as it is.
function needsSpace(text: string): boolean {
  return text !== '' && !'。：；！？）'.includes(text.slice(-1));
}

/** `系统事件 e-1、e-2` */
export function eventNames(ids: readonly string[]): string {
  return ids.length === 0 ? '无系统事件' : `系统事件 ${all(ids)}`;
}

/** `e-1、e-2` */
export function all(items: readonly string[]): string {
  return items.join('、');
}

/** `i-1、i-2`; of many the first ten. */
export function listed(instances: readonly string[]): string {
  const rest = instances.length - mostListed;
  return rest > 0 ? `${all(instances.slice(0, mostListed))}，及另外 ${rest} 台` : all(instances);
}

const mostListed = 10;

/** `2026-12-01 周二 02:00 Asia/Shanghai`; the text itself where it is no time. */
export function wallTime(at: string, timeZone: string): string {
  const instant = parseInstant(at);
  if (instant === undefined) return at;
  const [day = '', date = '', ...rest] = inZone(instant, timeZone).split(' ');
  return [date, weekdays[day] ?? day, ...rest].join(' ');
}

const weekdays: Readonly<Record<string, string>> = {
  ...{ Mon: '周一', Tue: '周二', Wed: '周三', Thu: '周四' },
  ...{ Fri: '周五', Sat: '周六', Sun: '周日' },
};

/** `15 分钟` */
export function durationText(ms: number): string {
  const text = formatDuration(ms);
  return `${text.slice(0, -1)} ${units[text.slice(-1)] ?? ''}`;
}

const units: Readonly<Record<string, string>> = { s: '秒', m: '分钟', h: '小时', d: '天' };

/** What it is, its value and what was expected; then what follows from it. Those phrases are English in the readers. */
function faultText(fault: Fault): string {
  return said(`${faultPhrase(fault)}。`, fault.consequence ?? '');
}

function faultPhrase({ what, value, expected, at }: Fault): string {
  const place = at === undefined || at === '' ? '' : `（位于 ${shown(at)}）`;
  return `${what} ${value === undefined ? '缺失' : `的值为 ${value}`}，应为 ${expected}${place}`;
}

/** All faults, one sentence each. */
export function faultTexts(faults: readonly Fault[]): string {
  return said(...faults.map(faultText));
}

/** `（Code: message）`: how an API answered. */
export function answered({ errorCode, message }: { errorCode: string; message: string }): string {
  return `（${errorCode}: ${message}）`;
}

/** What is known of our RebootInstance. */
export function sentText(sent: 'accepted' | 'unknown'): string {
  return sent === 'accepted' ? 'ECS 已接受重启。' : '不知 RebootInstance 是否送达。';
}

/** What a look showed: `系统事件 e-1 为 Scheduled；实例为 Starting` */
export function seenText(seen: Seen): string {
  return [
    ...seen.events.map(({ eventId, status }) => `系统事件 ${eventId} 为 ${status}`),
    ...seen.unlisted.map((id) => `ECS 查不到系统事件 ${id}`),
    ...seen.faults.map(faultPhrase),
    ...(seen.instance === undefined ? [] : [instanceText(seen.instance)]),
  ].join('；');
}

function instanceText(instance: string): string {
  if (instance === 'unlisted') return 'ECS 查不到该实例';
  return instance === 'unreadable' ? '实例信息无法读取' : `实例为 ${instance}`;
}

/** Why an event is not confirmed: a restart needs it Scheduled, with the NotBefore of the row or a later one. */
export function unconfirmedText(
  eventId: string,
  status: string | undefined,
  faults: readonly Fault[],
): string {
  if (status === 'Scheduled') return `系统事件 ${eventId} 的 NotBefore 早于该行的记录。`;
  const seen =
    status === undefined ? `ECS 查不到系统事件 ${eventId}。` : `系统事件 ${eventId} 为 ${status}。`;
  return said(faults.length > 0 ? faultTexts(faults) : seen, '事件为 Scheduled 时才能重启。');
}

/** That no slot is left in the windows, and the limit that is in the way. Without a full stop. */
export function noRoomText({ window, slotMs, notBefore, timeZone, crowd }: NoRoom): string {
  const where = `NotBefore（${wallTime(notBefore, timeZone)}）之前，维护窗口 ${window} 内`;
  if (crowd === undefined) return `${where}没有 ${durationText(slotMs)}的空档`;
  const group =
    crowd.group === undefined ? '' : `组 ${crowd.group.name} 最多 ${crowd.group.limit} 台（GROUP_LIMIT），`;
  return `${where} ${durationText(slotMs)}的空档已被占满：同时停机，${group}本地域最多 ${crowd.region} 台（MAX_CONCURRENT_REBOOTS）`;
}

/** When a last resort is planned: as late as allowed, unless others hold those slots. */
export function lastResortText({ isMoved, isEarly }: { isMoved: boolean; isEarly?: boolean }): string {
  if (isEarly === true) return 'NotBefore 之前的时间已被其他重启占满，在其前最后一个空档重启';
  return isMoved ? '在截止时间前的第一个空档重启' : '在允许的最晚时间重启';
}

/** Which windows of the owner are not known, and what to do. */
export function unknownWindowsText(tags: readonly string[]): string {
  if (tags.length === 0) return '无法读取负责人在 ECS 中设置的维护窗口，请查看 plan 函数报告的问题。';
  return `负责人的维护窗口未知：无法解析标签 ${all(tags.map((tag) => `reboot-planner:${tag}`))}，请改正。`;
}

/** Where no slot is free, the limits still hold at execution. */
export function fullText(isFull: boolean): string {
  return isFull ? '届时也没有空档，要等其他重启完成。' : '';
}

/** What a command printed, on one line; empty where it printed nothing. */
export function printedText(output: string): string {
  const text = onOneLine(output);
  return text === '' ? '' : `输出末尾：${JSON.stringify(text)}。`;
}

/** How a failed command ended. ECS's own words add nothing to the exit code of a command that ended by itself. */
export function endText(values: { status: string; exitCode?: number; error?: string }): string {
  const { status, exitCode, error } = values;
  if (status === 'Failed' && exitCode !== undefined) return `退出码 ${exitCode}`;
  const code = exitCode === undefined ? [] : [`退出码 ${exitCode}`];
  return [status, ...code, ...(error === undefined ? [] : [error.replace(/\.$/, '')])].join('，');
}

/** The kind of an interval, before 重启: `在维护窗口内` */
export function kindText(kind: string): string {
  const texts: Readonly<Record<string, string>> = {
    window: '在维护窗口内',
    'last-resort': '以兜底方式',
    soonest: '尽快',
    pinned: '在指定时间',
  };
  return texts[kind] ?? ` ${kind} `;
}

/** `NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）`, or without the time where there is none. */
export function notBeforeText({ notBefore, timeZone }: { notBefore?: string; timeZone: string }): string {
  return notBefore === undefined ? 'NotBefore ' : `NotBefore（${wallTime(notBefore, timeZone)}）`;
}
