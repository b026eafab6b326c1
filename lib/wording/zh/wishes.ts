// Chinese, fourth part: what persons wish in the columns of a row, and what becomes of it.
import type { Catalogue } from '../sentence.ts';
import { resumeAll } from '../words.ts';
import { eventNames, faultTexts, kindText, notBeforeText, said, wallTime } from './words.ts';

/** The sentences about a hold, an approval, a time and a status by hand. */
export const wishes = {
  held: (v) =>
    `运维人员已暂停计划：${v.why}。在您清空 hold 列之前不会重启。若一直不清空，ECS 会在 ${notBeforeText(v)}重启实例。`,
  'waits-for-approval': ({ askedBy }) =>
    `计划在等待批准${askedBy === undefined ? '' : `（由 ${askedBy} 要求）`}。批准：将 approval 设为 granted。拒绝：将 status 设为 Skipped。`,
  'drained-while-waiting': ({ commandId }) =>
    `pre-command ${commandId} 已开始，计划等待期间服务可能中断。若不再需要重启，请将 status 设为 Skipped，并撤销该命令的影响。`,
  'was-held': ({ why }) => `运维人员曾暂停计划：${why}。`,
  stopped: ({ regionId, why, by, at, timeZone, faults }) => {
    const since = at === undefined ? '' : `自 ${wallTime(at, timeZone)} 起`;
    const what = regionId === undefined ? '全部重启' : `地域 ${regionId} 的重启`;
    const head = `${what}${since}已${by === undefined ? '' : `由 ${by} `}紧急停止${why === '' ? '' : `：${why}`}。`;
    return said(
      head,
      faults.length === 0 ? '' : faultTexts(faults),
      faults.length === 0 ? '' : '仍视为停止。',
      `解除之前不会重启。解除：${resumeAll(regionId)}。到 NotBefore 仍未重启的实例由 ECS 重启。`,
    );
  },
  'stop-unreadable': ({ message }) => `无法得知是否已紧急停止（${message}）。可读之前不会重启。`,
  'preparation-stopped': () => '重启的准备已停下，由人工决定，之后从此处继续。',
  'hold-set': ({ why }) => `计划已暂停：${why}。`,
  'hold-lifted': () => '计划不再暂停。',
  approved: ({ eventIds, decision }) =>
    `已批准：${eventNames(eventIds)}${decision === undefined ? '' : `，${kindText(decision)}重启`}。`,
  'approval-asked': () => '已要求批准：approval 被设为 required。',
  'approval-waived': () => 'approval 被设为 not-required，在 MODE 和标签允许的范围内有效。',
  'status-by-hand': ({ from, to }) => `status 由 ${from} 改为 ${to}。`,
  'pinned-by-hand': ({ at, timeZone }) => `重启时间被指定为 ${wallTime(at, timeZone)}。`,
  'unpinned-by-hand': () => '不再指定重启时间。',
  'time-by-hand': ({ at, timeZone }) => `execute_at 被设为 ${wallTime(at, timeZone)}，但 pinned 未设置。`,
  'asked-again': ({ by, planId, eventIds }) =>
    `${by} 要求在计划 ${planId} 之后重试：${eventNames(eventIds)}。`,
  'grant-outdated': ({ eventIds, granted, decision }) =>
    `批准已失效：当时批准的是${kindText(granted)}重启，${eventIds.length > 0 ? `不含${eventNames(eventIds)}` : `而这次是${kindText(decision)}重启`}。若需要重启，请再次批准计划。`,
  'time-refused': ({ at, timeZone }) =>
    `有人写入该行的时间 ${wallTime(at, timeZone)} 不符合规则。若仍要用该时间，请同时将 pinned 设为 true。`,
  'pinned-in-past': () => '指定的时间当时已过。',
  'pinned-too-late': () => '指定的时间晚于截止时间，即 NotBefore 减去 SAFETY_MARGIN。',
  'looked-at-earlier': () => '较新的版本从 execute_at 起处理该行。',
} satisfies Partial<Catalogue>;
