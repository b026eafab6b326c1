// The Chinese sentences about a look back.
import type { ChineseCases } from './cases.ts';

export const lookBack = {
  'type-not-watched': [
    '类型 SystemMaintenance.Stop 不在 EVENT_TYPES 中。重启只能响应 SystemMaintenance.Reboot。将该类型加入 EVENT_TYPES 后，每个事件都会有一行，并会发送通知。',
  ],
  'over-before-first-run': [
    '事件在 plan 函数于 2026-12-02 周三 02:00 Asia/Shanghai 首次在本地域运行之前已结束。',
  ],
  'over-at-once': ['事件在 plan 函数能看到之前已结束。缩短 PLAN_TIMER 可看到更多此类事件。'],
  'announced-just-now': ['事件刚刚发布，plan 函数下次运行时会制定计划。'],
  'never-planned': ['plan 函数已运行但没有计划，或该行已被删除。请查看当时 plan 函数的日志。'],
  'executed-unplanned': [
    'ECS 执行了系统事件 e-1，但没有任何计划知晓。请查看当时 plan 函数的日志，以及是否有人删除了该行。',
  ],
  'ended-otherwise': [
    '计划 e-1.1 为 Avoided，但系统事件 e-1 在 ECS 中为 Executed。请检查实例，以及是谁编辑了该行。',
  ],
  'still-waits': ['计划 e-1.1 仍为 Planned，但系统事件 e-1 数小时前已为 Executed。请检查两个函数是否运行。'],
  'avoided-without-restart': [
    '计划 e-1.1 为 Avoided，但未为其发出重启。可能有人设置了 status，或编辑了该行。',
  ],
  'restart-unknown-to-ecs': [
    '已于 2026-12-02 周三 02:00 Asia/Shanghai 为计划 e-1.1 发出重启，但 ECS 没有系统事件 e-1 的记录。请检查实例，以及该事件是否为模拟事件。',
  ],
  'restart-after-end': [
    '已于 2026-12-02 周三 02:00 Asia/Shanghai 为计划 e-1.1 发出重启，但系统事件 e-1、e-2 在此之前已结束，这次重启并无必要。请连同 execute 函数的日志一起上报。',
  ],
  'more-disagreements': ['计划与 ECS 之间还有 2 处不一致。`reboot-plans review` 会全部列出。'],
  'region-from-kept': [
    '无法从 ECS 读取本地域的事件（The connection broke.）。数字来自之前的回顾所保留的事件，缺少较新的事件。',
  ],
  'events-unread': ['ECS 的记录中有 1 个事件无法读取：没有 ID 或没有实例。'],
  'events-not-kept': ['有 3 个事件未能在 ECS 的 30 天之外保留，下次回顾会再试：The connection broke.'],
  'kept-unreadable': ['无法读取之前的回顾所保留的事件（The connection broke.）。29 天之前的数字偏小。'],
  'plans-unreadable': ['无法读取计划（The connection broke.）。报告中没有依赖计划的数字。'],
  'groups-unreadable': ['无法读取部分实例的标签（The connection broke.）。同时停机超出上限的组可能不全。'],
  'review-not-told': ['回顾未能发送通知（The connection broke.）。如需重试，请手动再运行一次。'],
  'review-told-unrecorded': ['已发送回顾的通知，但未能记录，重复运行时可能会再次发送：The connection broke.'],
} satisfies Partial<ChineseCases>;
