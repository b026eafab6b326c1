// The Chinese sentences about what a due plan waits for.
import type { ChineseCases } from './cases.ts';

export const waits = {
  'windows-awaited': ['负责人的维护窗口未知，且还有时间查明。plan 函数下次运行时重新计划该实例。'],
  'ecs-window-edited': ['实例的维护窗口已变更，或有人修改了 ecs_window。plan 函数下次运行时重新计划该实例。'],
  'interval-missing': ['该行缺少 execute_at、latest_start 或 not_before，缺一不可，因此不重启。'],
  'event-unconfirmed': [
    'ECS 查不到系统事件 e-1。事件为 Scheduled 时才能重启。',
    'Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。事件为 Scheduled 时才能重启。',
    '系统事件 e-1 为 Inquiring。事件为 Scheduled 时才能重启。',
    '系统事件 e-1 的 NotBefore 早于该行的记录。',
  ],
  'not-yet': ['未到 execute_at。', '准备已完成，未到 execute_at。'],
  'interval-passed': ['计划的执行时段已过。'],
  'instance-unlisted': ['ECS 查不到该实例。'],
  'instance-unreadable-now': [
    'Status of instance i-1 的值为 null，应为 a status。实例信息可读之前不会重启。',
  ],
  'instance-not-running': ['实例为 Stopped，RebootInstance 要求实例为 Running。'],
  'instance-locked': ['实例被 ECS 锁定（financial、security）。请消除锁定的原因，或交由 ECS 重启。'],
  'started-recently': [
    '实例几分钟前刚启动，可能已响应事件。ECS 稍后才会显示，计划等到 2026-12-01 周二 18:12 UTC。',
  ],
  'waits-for-pause': [
    '等到 2026-12-01 周二 18:10 UTC：GROUP_PAUSE 要求 i-2 与组 web 的下一次重启之间相隔 10 分钟。',
  ],
  'waits-for-group': ['等待组 web 的 i-1、i-2：最多 2 台可同时停机（GROUP_LIMIT）。'],
  'waits-for-region': ['等待本地域的其他重启：最多 3 台可同时停机（MAX_CONCURRENT_REBOOTS）。'],
  'counts-as-down': [
    'ECS 显示以下实例不是 Running，按停机计算：i-1（Stopped）。应当运行的请启动；不再需要的请释放，或移除其标签 reboot-planner:group。',
    'ECS 显示以下实例不是 Running，按停机计算：i-1（Starting）、i-2（Starting）、i-3（Starting）、i-4（Starting）、i-5（Starting）、i-6（Starting）、i-7（Starting）、i-8（Starting）、i-9（Starting）、i-10（Starting），及另外 2 台。应当运行的请启动；不再需要的请释放，或移除其标签 reboot-planner:group。',
  ],
  'counts-as-unproven': ['以下实例的重启未获确认，在恢复 Running 且健康之前按停机计算：i-1、i-2。'],
  'restarted-by-ecs-soon': [
    '以下实例自其 NotBefore 起将由 ECS 自行重启，按停机计算：i-1（2026-12-01 周二 18:40 UTC）、i-2（2026-12-01 周二 18:41 UTC）。ECS 完成后，本计划才会继续；若届时已过 latest_start，请在该实例的 NotBefore 之前手动重启它。',
  ],
  'group-stands-still': [
    '组 web 已停止后续重启，因为有重启未获确认：i-1。实例恢复 Running 且健康后才会继续；若 post-command 失败，或 pre-command 未被撤销，则等您决定。要继续，请在该实例的行中将 acknowledged 设为 yes。',
  ],
  'groups-stand-still': [
    '所有组均已停止后续重启，因为有重启未获确认，而其行未写明所属的组：i-1。实例恢复 Running 且健康后，各组才会继续。要继续，请更正该行，或在该行中将 acknowledged 设为 yes。',
  ],
  'region-stands-still': [
    '本地域已停止后续重启，因为至少 3 次重启未获确认（MAX_FAILED_PROOFS）：i-1、i-2、i-3。请修复这些实例。要继续，请在其行中将 acknowledged 设为 yes。',
  ],
  'unproven-unreadable': [
    '无法得知是否有未获确认的重启在阻止其他重启（The connection broke.）。execute 函数在每次重启前会再次查询。',
  ],
  'too-little-time': ['本次调用剩余的时间太少，下次运行再试。'],
  throttled: ['ECS 正在对本地域的 RebootInstance 限流。未发出重启。'],
  'facts-unreadable': ['临近重启时无法读取最新状态（The connection broke.）。未发出重启。'],
  'facts-too-old': ['读取 ECS 的时间过长，结果已不可靠。未发出重启。'],
  prepared: ['准备已完成。', '准备已完成，未到 execute_at。'],
} satisfies Partial<ChineseCases>;
