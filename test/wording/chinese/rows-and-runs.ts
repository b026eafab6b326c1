// The Chinese sentences about rows and runs.
import type { ChineseCases } from './cases.ts';

export const rowsAndRuns = {
  'row-unreadable': [
    '该行无法读取。Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。未为其重启。请改正该行并将 status 设为 Planned，或删除该行以便重新计划。',
    '该行无法读取。Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。可能已为其发出重启（intent_at），不会再次发出。请在 ECS 控制台检查实例及其事件。',
  ],
  'row-newer': ['该行的 format 为 2，由较新的版本写入，保持不变。请部署较新的版本。'],
  'events-not-planned': [
    'ECS 列出了系统事件 e-1，因该行而未作计划。请改正该行，或在 NotBefore 之前自行重启实例。',
    'ECS 列出了系统事件 e-1，因该行而未作计划。请改正该行，或自行重启实例。',
    'ECS 列出了系统事件 e-1，因该行而未作计划。之前的重启可能已响应，ECS 可能稍后才会显示。请先检查实例，再改正该行，或在 NotBefore 之前自行重启实例。',
    'ECS 列出了系统事件 e-1、e-2，因该行而未作计划。请改正该行，或在 NotBefore 之前自行重启实例。',
  ],
  'row-not-escalated': ['无法将该行设为 Escalated：The connection broke.'],
  'region-failed': ['本地域什么也没能完成：The connection broke.'],
  'function-silent': [
    'plan 函数自 2026-12-02 周三 02:00 Asia/Shanghai 起未在本地域完成工作，其间定时器本应已触发三次。恢复之前，新事件不会有计划。请在函数计算控制台查看其日志，以及触发器是否启用。',
    'execute 函数自 2026-12-02 周三 02:00 Asia/Shanghai 起未在本地域完成工作，其间定时器本应已触发三次。其上次运行（2026-12-02 周三 02:30 Asia/Shanghai）失败：The connection broke. 恢复之前，不会重启，也不会确认结果。请在函数计算控制台查看其日志，以及触发器是否启用。',
    "review 函数自 2026-11-23 周一 09:00 Asia/Shanghai 起未在本地域完成工作，其间定时器本应已触发至少一次。重启不依赖它，但 ECS 在事件结束 30 天后不再保留，恢复之前无人留存。请手动运行：npx s review-job invoke -e '{}'。请在函数计算控制台查看其日志，以及触发器是否启用。",
    'execute 函数至今未在本地域完成工作，其间定时器本应已触发三次。其上次运行失败：The connection broke. 恢复之前，不会重启，也不会确认结果。请在函数计算控制台查看其日志，以及触发器是否启用。',
  ],
  'runs-unreadable': ['无法得知函数是否仍在运行（The connection broke.）。'],
  'run-not-recorded': [
    '未能记录本次运行的结束（The connection broke.）。若持续如此，另一个函数会报告本函数未运行。',
  ],
  'region-unserved': [
    '本地域有 1 个计划未结束，但地域不在 REGIONS 中，因此不会在此重启。请将地域加入 REGIONS，或人工处理其事件。其余的会自行结束：等待中的在 latest_start 一小时后，已开始的在 NotBefore 一小时后。若另有部署共用这些表并管理该地域，则无需处理。',
    '本地域有 2 个计划未结束，但地域不在 REGIONS 中，因此不会在此重启。请将地域加入 REGIONS，或人工处理其事件。其余的会自行结束：等待中的在 latest_start 一小时后，已开始的在 NotBefore 一小时后。若另有部署共用这些表并管理该地域，则无需处理。',
  ],
  'plan-unserved': [
    '计划为 Verifying，但其地域不在 REGIONS 中，无人继续。请在 ECS 控制台检查实例及其事件，或将地域加入 REGIONS。',
  ],
  'notice-not-taken': [
    'NOTIFY 中的接收方 dingtalk-3f2a91c0 未接收通知（errcode 310000）。机器人设置了自定义关键词。请为机器人添加关键词 ecs-reboot-planner。',
    'NOTIFY 中的接收方 slack-01234567 未接收通知。接收方繁忙或出现故障。最早在 2026-12-02 周三 02:05 Asia/Shanghai 再次尝试。',
  ],
  'notices-not-told': ['通知未能发送，下次运行会再试：The connection broke.'],
  'channels-not-recorded': [
    '通知已发送，但未能记录各通道的应答，部分内容可能会重复通知：The connection broke.',
  ],
  'told-not-recorded': ['已就该实例发送通知，但未能写入该行，可能会重复通知：The connection broke.'],
  'regions-unreadable': ['无法得知是否还有其他地域的行：The connection broke.'],
  'history-unreadable': [
    '无法读取 2 台实例的历史（The connection broke.）。之前可能已为其发出重启，因此其新事件要等历史可读后再计划。',
  ],
  'events-incomplete': ['无法读取本地域的部分事件：The connection broke.'],
  'vanished-unreadable': [
    '有 1 个事件 ECS 已不再列出，其结果无法读取（The connection broke.）。2 台实例的计划保持不变。',
  ],
  'ecs-windows-unreadable': [
    '无法读取 ECS 中实例自己的维护窗口（The connection broke.）。已有计划沿用已知的窗口；新计划在 NotBefore 允许的时间内等待窗口可读。',
    '无法读取 ECS 中的运维窗口（The connection broke.）。已有计划沿用已知的窗口；新计划在 NotBefore 允许的时间内等待窗口可读。',
  ],
  'odd-event': ['Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。不为该事件作计划。'],
  'ecs-window-faults': ['Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。'],
  'plan-not-possible': ['无法计划该实例：The connection broke.'],
  'plan-not-worked-on': ['计划未能执行：The connection broke.'],
  'not-attempted': ['3 个到期的计划未能执行：The connection broke.'],
  'not-looked-at': ['1 次重启未能核实：The connection broke.'],
  'out-of-time': ['时间已到，1 个计划留待下次运行。'],
  'not-written': ['未能写入 Avoided：The connection broke.'],
  'not-removed': ['计划早已结束，并已移入历史表，但未能删除其行：The connection broke.'],
  'rows-not-removed': ['早已结束的计划的行未能移入历史表：The connection broke.'],
  'not-archived': ['已结束的计划未能移入历史表：The connection broke.'],
  'not-kept': [
    '计划未能复制到历史表（The connection broke.）。在其事件关闭之前，请勿删除该行，也不要更改 PLANS_TABLE，否则会忘记这次重启。',
  ],
  'impossible-write': ['因程序故障，未写入任何内容。请上报：The version after 3 is 3.'],
  'as-written': ['The instance moves.'],
} satisfies Partial<ChineseCases>;
