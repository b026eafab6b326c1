// The Chinese sentences about what the timeline says about planning.
import type { ChineseCases } from './cases.ts';

export const timeline = {
  ended: ['Skipped：This is why.'],
  planned: ['Planned：2026-12-02 周三 02:00 Asia/Shanghai。This is why.', 'AwaitingApproval。This is why.'],
  announced: ['ECS 发布了系统事件 e-1、e-2。'],
  'judged-again': ['使计划结束的原因已不存在。'],
  'events-changed': [
    '计划对应的系统事件现为 e-1、e-2。',
    '计划对应的系统事件现为 e-1。系统事件 e-2 为 Canceled。ECS 查不到系统事件 e-3。',
  ],
  'other-events-changed': ['ECS 还发布了系统事件 e-1。', '没有其他未关闭的事件。'],
  'not-before-moved': ['NotBefore 已变更。'],
  'no-interval': ['该行没有执行时段。'],
  'interval-unused': ['执行时段已过，计划未执行。'],
  'group-changed': ['实例现在属于组 web。', '实例现在不属于任何组。'],
  'runbook-changed': ['计划的备份或命令已变更。'],
  'pinned-empty': ['指定的 latest_start 早于 execute_at。'],
  'pinned-without-room': [
    '指定的执行时段只有 1 分钟，而 START_ROOM 要求 3 分钟。',
    '指定的执行时段只有 1 分钟，而两倍 START_ROOM 与 COMMAND_TIMEOUT 之和为 11 分钟。',
  ],
  'pinned-past-deadline': ['指定的 latest_start 晚于截止时间。'],
  'rules-changed': ['规则已变更。'],
  'ecs-window-changed': ['ECS 中的维护窗口与该行的不一致。'],
  'window-has-room': ['维护窗口内现在有空档。'],
  'interval-forbidden': ['规则不允许该行的执行时段。'],
  'slot-taken': ['本计划的空档要让给更紧急或已指定时间的重启。'],
  'slot-free': ['本计划的时间现在有空档。'],
  unpinned: ['指定的时间无法保留。This is why. This is the new time.'],
  'events-unlisted': [
    'ECS 已查不到系统事件 e-1，重新出现之前不会重启。',
    'ECS 已查不到系统事件 e-1、e-2，重新出现之前不会重启。',
    'ECS 已查不到系统事件 e-1，重新出现之前不会重启。Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。',
  ],
  'announced-meanwhile': ['重启期间 ECS 发布了系统事件 e-1。本计划结束后再作计划。'],
  'announced-before-send': ['临近重启时 ECS 发布了系统事件 e-1，由之后的运行来计划。'],
  'wait-dropped': [
    '有人将 wait_until 改为 2026-12-02 周三 02:00 Asia/Shanghai。本程序从不等待这么久，该修改不予采纳。若要另选时间，请设置 execute_at 和 pinned。',
  ],
  'due-too-far': ['有人修改了该行，使到期时间大大推后。计划改为现在到期。'],
  edited: ['有人修改了该行，due_at 随之更新。'],
} satisfies Partial<ChineseCases>;
