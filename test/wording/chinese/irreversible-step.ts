// The Chinese sentences about the irreversible step.
import type { ChineseCases } from './cases.ts';

export const irreversibleStep = {
  preparing: ['execute 函数正在准备重启。'],
  'preparing-again': ['execute 函数继续准备重启。'],
  'took-over': ['上一次运行未完成，由另一次运行接手。'],
  sending: ['重启意图已记录，RebootInstance 可能已发出，绝不会再次发出。'],
  'stale-intent': [
    '未发出重启。从读取状态、记录意图到发出，相隔 45 秒，太久，所读状态已不可靠。',
    '未发出重启。从读取状态、记录意图到发出，相隔时间未知，太久，所读状态已不可靠。',
  ],
  'outside-interval': ['未发出重启：2026-12-02 周三 02:00 Asia/Shanghai 不在计划的执行时段内。'],
  refused: ['ECS 拒绝 RebootInstance（Throttling: Too many requests）。实例未重启。'],
  'refused-for-good': [
    'ECS 拒绝 RebootInstance（Throttling: Too many requests）。实例未重启。请消除原因，或在 NotBefore 之前自行重启实例。',
  ],
  accepted: ['ECS 已接受 RebootInstance。计划等待事件变为 Avoided 且实例变为 Running。'],
  'outcome-unknown': [
    'RebootInstance 已发出，结果未知（ServiceUnavailable: try later）。不会再次发出，结果以事件为准。',
  ],
  'sender-vanished': [
    '记录重启意图的那次运行未完成，不知 RebootInstance 是否已发出。不会再次发出，结果以事件为准。',
  ],
  'undo-pre-command': [
    'pre-command c-drain 已开始，但实例未重启。请撤销该命令的影响。',
    '可能已开始执行 pre-command，但实例未重启。请撤销该命令的影响。',
  ],
  'drained-until': [
    'pre-command c-drain 已开始，且没有 undo-command。服务可能一直中断到 2026-12-02 周三 02:00 Asia/Shanghai 重启，重启之前该命令会再执行一次。请撤销其影响，或指定更早的时间。',
  ],
  'undo-owed': ['pre-command c-drain 已开始，但其后没有重启。由 undo-command c-undrain 撤销。'],
  'undo-first': ['先由 undo-command c-undrain 撤销 pre-command c-drain。'],
  undone: ['undo-command c-undrain 已撤销 pre-command c-drain。'],
  'undo-failed': ['pre-command c-drain 未撤销。This is why.'],
  'restart-by-hand': [
    '请在 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前自行重启实例，或交由 ECS 处理。',
    '请在 NotBefore 之前自行重启实例，或交由 ECS 处理。',
  ],
} satisfies Partial<ChineseCases>;
