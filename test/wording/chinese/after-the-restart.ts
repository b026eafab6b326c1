// The Chinese sentences about what follows the restart.
import type { ChineseCases } from './cases.ts';

export const afterTheRestart = {
  'not-proven-yet': ['ECS 已接受重启。尚未确认：系统事件 e-1 为 Scheduled；实例为 Starting。'],
  'later-events-lag': ['事件已是 Avoided。这次重启可能也响应了系统事件 e-1、e-2，ECS 稍后才会显示。'],
  'executed-by-ecs': [
    'ECS 虽已接受我们的重启，仍自行执行了系统事件 e-1。',
    'ECS 自行执行了系统事件 e-1。不知 RebootInstance 是否送达。',
  ],
  'event-failed': ['ECS 显示系统事件 e-1 为 Failed。ECS 已接受重启。请在 ECS 控制台查看实例和事件。'],
  'events-canceled': ['ECS 已取消系统事件 e-1。ECS 已接受重启。'],
  avoided: [
    '系统事件 e-1 已避免（Avoided），实例运行中（Running）。',
    '系统事件 e-1、e-2 已避免（Avoided），实例运行中（Running）。',
  ],
  'restart-unseen': [
    '系统事件 e-1 已避免（Avoided），实例运行中（Running），但尚未看到实例重启。下次运行再看。',
    '系统事件 e-1、e-2 已避免（Avoided），实例运行中（Running），但尚未看到实例重启。下次运行再看。',
  ],
  'not-proven': [
    '等待 30 分钟后仍未确认：系统事件 e-1 为 Scheduled；实例为 Starting。ECS 已接受重启。请检查实例。是否再次重启只能由您决定，ECS 建议等待 12 小时。',
    '未获确认：系统事件 e-1 为 Scheduled；实例为 Starting。ECS 已接受重启。请检查实例。是否再次重启只能由您决定，ECS 建议等待 12 小时。',
  ],
  'also-answered': ['同一次重启也响应了系统事件 e-1。'],
  'later-event-struck': ['重启期间 ECS 发布的系统事件 e-2 为 Executed。请检查实例。'],
  unwell: ['ECS 显示实例的健康状态为 Impaired。', 'ECS 显示实例的健康状态为 Impaired，重启前为 Ok。'],
  'health-explained': [
    'ECS 显示实例的健康状态为 Warning，因为系统事件 e-1 未关闭。',
    'ECS 显示实例的健康状态为 Maintaining，因为系统事件 e-1、e-2 未关闭。',
  ],
  'health-as-before': ['ECS 显示实例的健康状态为 Warning，重启前为 Impaired：重启没有使其变差。'],
  'no-health': [
    'ECS 未给出实例的健康状态。',
    'HealthStatus.Name of i-1 的值为 ""，应为 a health as in Ok or Impaired。',
  ],
  'health-unreadable': ['无法读取实例的健康状态：The connection broke.'],
  'proof-pending': ['This is the verdict. 确认尚未完成。This is why.'],
  'proof-missing': ['This is the verdict. 未能完成确认。This is why. 请检查实例。'],
} satisfies Partial<ChineseCases>;
