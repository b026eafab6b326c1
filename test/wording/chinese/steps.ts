// The Chinese sentences about backups and commands.
import type { ChineseCases } from './cases.ts';

export const steps = {
  'backup-begins': [
    '开始备份 d-1、d-2：一个快照一致性组。',
    '开始备份 d-1：一个快照。',
    '开始备份 d-1、d-2：每块云盘一个快照。',
  ],
  'backup-runs': [
    'ECS 正在创建快照一致性组 ssg-1。',
    'ECS 正在创建快照 s-1。',
    'ECS 正在创建快照 s-1、s-2。',
  ],
  'backup-incomplete': ['备份 s-1、s-2 尚未完成。'],
  'backup-complete': [
    '备份已完成：s-1，保留 1 天。',
    '备份已完成：s-1、s-2，保留 7 天。',
    '备份已完成：ssg-1，保留至您删除为止。',
  ],
  'backup-unfinished': [
    'This is why. ECS 仍在创建 s-1。重启会使其失败，因此先等待。',
    'This is why. ECS 仍在创建 s-1、s-2。重启会使其失败，因此先等待。',
  ],
  'backup-left': [
    '备份未完成，留下 s-1、s-2。不需要的请删除。',
    '备份未完成，留下 s-1、s-2。ECS 仍在创建 s-2，重启会使其失败。不需要的请删除。',
    '备份未完成，留下 s-1、s-2。ECS 仍在创建 s-1、s-2，重启会使其失败。不需要的请删除。',
  ],
  'backup-expired': ['备份 s-1 只保留 7 天，重启之前就会到期，因此重新备份。'],
  'backup-failed': ['备份失败：s-1、s-2。'],
  'backup-without-disks': ['备份失败：ECS 查不到该实例的云盘。'],
  'backup-refused': ['ECS 拒绝备份（Throttling: Too many requests）。'],
  'backup-delayed': ['ECS 暂不开始备份（Throttling: Too many requests）。'],
  'backup-unknown': ['不知备份是否已开始（ServiceUnavailable: try later）。'],
  'backup-unreadable': ['无法读取备份：The connection broke.'],
  'backup-kept': ['无法设置备份的保留时间（The connection broke.）。备份 s-1 会一直保留，直到您删除。'],
  'backup-too-slow': ['This is why. NotBefore 临近，不能再等。实例重启时，未完成的快照会失败。'],
  'backup-missing': ['This is why. 未重启，因为备份是必需的。'],
  'backup-waived': [
    'This is why. 不备份，继续重启，因为备份是可选的。',
    'This is why. 不备份，继续重启，因为已不再需要备份。',
  ],
  'command-begins': ['pre-command c-drain 开始执行。'],
  'command-runs': ['pre-command c-drain 正在执行，执行 ID 为 t-1。'],
  'command-still-runs': [
    'pre-command c-drain 仍在执行。',
    'pre-command c-drain 仍在执行。无法读取其执行结果：The connection broke.',
  ],
  'command-succeeded': [
    'pre-command c-drain 执行成功。',
    'pre-command c-drain 执行成功。输出末尾："drained"。',
  ],
  'command-failed': ['pre-command c-drain 执行失败：退出码 3。输出末尾："7 sessions stay"。'],
  'command-undelivered': [
    '云助手 Agent 未收到 pre-command c-drain（ClientNotRunning）。将重试。',
    '云助手 Agent 未收到 pre-command c-drain（ClientNotRunning）。自 2026-12-02 周三 02:30 Asia/Shanghai 起一直在尝试，将继续重试。',
    '云助手 Agent 未收到 pre-command c-drain（ClientNotRunning）。',
  ],
  'command-overdue': ['pre-command c-drain 未在 5 分钟内结束。'],
  'command-refused': [
    'ECS 拒绝执行 pre-command c-drain（Throttling: Too many requests）。',
    'ECS 拒绝执行 pre-command c-drain（Throttling: Too many requests）。将重试。',
  ],
  'command-unknown': [
    '不知 pre-command c-drain 是否已开始（ServiceUnavailable: try later）。',
    '不知 pre-command c-drain 是否已开始（ServiceUnavailable: try later）。将重试。',
  ],
  'pre-command-too-late': [
    'pre-command c-drain 不会开始：latest_start 之前已容不下 COMMAND_TIMEOUT（5 分钟）加 START_ROOM（3 分钟）。计划等待下一个执行时段。',
    'pre-command c-drain 不会开始：latest_start 之前已容不下 COMMAND_TIMEOUT（5 分钟）加 START_ROOM（3 分钟）。未重启，因为不执行 pre-command 就不能重启。',
  ],
  'pre-command-failed': ['This is why. 未重启。请检查该命令留下的影响。'],
  'post-command-failed': ['This is the verdict. This is why. 请检查实例。'],
} satisfies Partial<ChineseCases>;
