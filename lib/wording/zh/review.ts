// Chinese, sixth part: a look back.
import type { Catalogue } from '../sentence.ts';
import { eventNames, wallTime } from './words.ts';

/** The sentences about a look back. */
export const review = {
  'type-not-watched': ({ type }) =>
    `类型 ${type} 不在 EVENT_TYPES 中。重启只能响应 SystemMaintenance.Reboot。将该类型加入 EVENT_TYPES 后，每个事件都会有一行，并会发送通知。`,
  'over-before-first-run': ({ at, timeZone }) =>
    `事件在 plan 函数于 ${wallTime(at, timeZone)} 首次在本地域运行之前已结束。`,
  'over-at-once': () => '事件在 plan 函数能看到之前已结束。缩短 PLAN_TIMER 可看到更多此类事件。',
  'announced-just-now': () => '事件刚刚发布，plan 函数下次运行时会制定计划。',
  'never-planned': () => 'plan 函数已运行但没有计划，或该行已被删除。请查看当时 plan 函数的日志。',

  'executed-unplanned': ({ eventId }) =>
    `ECS 执行了系统事件 ${eventId}，但没有任何计划知晓。请查看当时 plan 函数的日志，以及是否有人删除了该行。`,
  'ended-otherwise': ({ planId, status, eventId, eventStatus }) =>
    `计划 ${planId} 为 ${status}，但系统事件 ${eventId} 在 ECS 中为 ${eventStatus}。请检查实例，以及是谁编辑了该行。`,
  'still-waits': ({ planId, status, eventId, eventStatus }) =>
    `计划 ${planId} 仍为 ${status}，但系统事件 ${eventId} 数小时前已为 ${eventStatus}。请检查两个函数是否运行。`,
  'avoided-without-restart': ({ planId }) =>
    `计划 ${planId} 为 Avoided，但未为其发出重启。可能有人设置了 status，或编辑了该行。`,
  'restart-unknown-to-ecs': ({ planId, eventIds, at, timeZone }) =>
    `已于 ${wallTime(at, timeZone)} 为计划 ${planId} 发出重启，但 ECS 没有${eventNames(eventIds)} 的记录。请检查实例，以及该事件是否为模拟事件。`,
  'restart-after-end': ({ planId, eventIds, at, timeZone }) =>
    `已于 ${wallTime(at, timeZone)} 为计划 ${planId} 发出重启，但${eventNames(eventIds)} 在此之前已结束，这次重启并无必要。请连同 execute 函数的日志一起上报。`,
  'more-disagreements': ({ disagreements }) =>
    `计划与 ECS 之间还有 ${disagreements} 处不一致。\`reboot-plans review\` 会全部列出。`,

  'region-from-kept': ({ message }) =>
    `无法从 ECS 读取本地域的事件（${message}）。数字来自之前的回顾所保留的事件，缺少较新的事件。`,
  'events-unread': ({ events }) => `ECS 的记录中有 ${events} 个事件无法读取：没有 ID 或没有实例。`,
  'events-not-kept': ({ events, message }) =>
    `有 ${events} 个事件未能在 ECS 的 30 天之外保留，下次回顾会再试：${message}`,
  'kept-unreadable': ({ message }) => `无法读取之前的回顾所保留的事件（${message}）。29 天之前的数字偏小。`,
  'plans-unreadable': ({ message }) => `无法读取计划（${message}）。报告中没有依赖计划的数字。`,
  'groups-unreadable': ({ message }) =>
    `无法读取部分实例的标签（${message}）。同时停机超出上限的组可能不全。`,
  'review-not-told': ({ message }) => `回顾未能发送通知（${message}）。如需重试，请手动再运行一次。`,
  'review-told-unrecorded': ({ message }) =>
    `已发送回顾的通知，但未能记录，重复运行时可能会再次发送：${message}`,
} satisfies Partial<Catalogue>;
