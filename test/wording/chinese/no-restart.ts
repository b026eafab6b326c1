// The Chinese sentences about why the planner does not restart the instance.
import type { ChineseCases } from './cases.ts';

export const noRestart = {
  'unknown-instance': [
    'ECS 发布了系统事件 e-1，却查不到该实例，因此不重启。请检查实例是否已释放，以及函数的 RAM 角色是否有权读取该实例。',
  ],
  'instance-unreadable': [
    'Status of instance i-1 的值为 null，应为 a status。实例信息无法读取，不会为系统事件 e-1 重启。请在 ECS 控制台查看该实例。',
  ],
  'opted-out': [
    '负责人已用标签 reboot-planner:enabled=false 排除该实例，由 ECS 在 NotBefore 重启实例。',
    '负责人已用标签 reboot-planner:window=none 排除该实例，由 ECS 在 NotBefore 重启实例。',
  ],
  'in-auto-scaling': [
    '实例属于弹性伸缩的伸缩组 asg-1。伸缩组的健康检查可能会释放不是 Running 的实例及其云盘，而重启会使实例短暂停机，因此不重启。ECS 在 NotBefore 自行重启也有同样的风险：请在此之前于伸缩组中将实例转入备用状态或保护状态。若要由本程序重启，请设置标签 reboot-planner:auto-scaling=ignore。',
  ],
  'in-ack': [
    '实例是 ACK 的节点（c-1），其节点池可能会自行响应事件，因此不重启。请排空节点，由节点池响应。若要由本程序重启，请设置标签 reboot-planner:ack=ignore；节点池也是伸缩组，因此还要设置 reboot-planner:auto-scaling=ignore。',
  ],
  'unclear-tags': [
    'Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。负责人的意图不明确，改正标签之前不会重启。',
  ],
  'ecs-executing': ['ECS 正在执行系统事件 e-1、e-2。'],
  'no-readable-event': [
    'NotBefore of event e-1 缺失，应为 an ISO 8601 time。不重启。请在 ECS 控制台查看该事件。',
  ],
  inquiring: [
    'ECS 在等待对系统事件 e-1 的确认，确认之前什么也不做，因此不重启。在 ECS 控制台确认事件后，ECS 会立即执行：请自行选择时间。',
  ],
  'other-events': [
    '重启无法响应 SystemMaintenance.Redeploy、SystemMaintenance.Stop，事件仅作记录，请人工处理。',
  ],
  unapproved: ['计划未在期限内获得批准。请在 NotBefore 之前自行重启实例，或交由 ECS 处理。'],
  'executed-before-us': ['ECS 在计划的重启之前已执行系统事件 e-1。'],
  'failed-before-us': ['ECS 显示系统事件 e-1 为 Failed。请在 ECS 控制台查看实例和事件。'],
  'answered-elsewhere': [
    '已有人重启实例，响应了系统事件 e-1。无需再处理。',
    'ECS 已取消系统事件 e-2。无需再处理。',
    '已有人重启实例，响应了系统事件 e-1。ECS 已取消系统事件 e-2。无需再处理。',
  ],
  released: ['ECS 既查不到该实例，也查不到系统事件 e-1。实例很可能已释放。'],
  'unlisted-past-not-before': [
    'ECS 已查不到系统事件 e-1，且 NotBefore 已过。未重启。Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。请在 ECS 控制台查看该事件。',
    'ECS 已查不到系统事件 e-1，且 NotBefore 已过。未重启。请在 ECS 控制台查看该事件。',
  ],
  observed: ['MODE=observe：现在本应发出重启，但不发出。'],
  'in-history': [
    '系统事件 e-1 未关闭，却没有对应的行；而历史表中的计划 e-1（Escalated）与之对应，且可能已在 2026-12-02 周三 02:00 Asia/Shanghai 为其发出重启。不重启。请检查该行是否被删除或修改，或 PLANS_TABLE 是否改过。若确实要为此重启实例，请将 status 设为 Planned；否则保持该行不变。',
    '系统事件 e-1、e-2 未关闭，却没有对应的行；而历史表中的计划 e-1.4（Skipped）与之对应。不重启。请检查该行是否被删除或修改，或 PLANS_TABLE 是否改过。若确实要为此重启实例，请将 status 设为 Planned；否则保持该行不变。',
  ],
  'earlier-open': [
    '系统事件 e-1 仍未关闭。该实例的前一个计划（已在历史表中）与之对应，不再另做计划。处理办法见历史表。',
    '系统事件 e-1、e-2 仍未关闭。该实例的前一个计划（已在历史表中）与之对应，不再另做计划。前一个计划的结局：This is why.',
  ],
  'also-open': [
    '另有未关闭的系统事件：e-2（SystemMaintenance.Redeploy，Scheduled）。本程序不会为其重启，请在 ECS 控制台查看。',
    '另有未关闭的系统事件：e-2（SystemMaintenance.Redeploy，Scheduled）、e-3（SystemMaintenance.Reboot，Inquiring）。本程序不会为其重启，请在 ECS 控制台查看。',
  ],
  'region-gone': [
    '地域不在 REGIONS 中，执行时段内无人重启实例。未重启。ECS 会在 NotBefore 重启实例。若要由本程序管理该地域，请将其加入 REGIONS：仍未关闭的事件会重新计划。',
  ],
  'region-gone-sent': [
    '可能已发出重启，但地域已不在 REGIONS 中，无人确认结果。请在 ECS 控制台检查实例及其事件。',
  ],
} satisfies Partial<ChineseCases>;
