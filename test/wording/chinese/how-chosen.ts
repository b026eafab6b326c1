// The Chinese sentences about how the time was chosen.
import type { ChineseCases } from './cases.ts';

export const howChosen = {
  'in-window': ['在维护窗口 daily 02:00-05:00 内重启：2026-12-02 周三 02:00 Asia/Shanghai。'],
  'last-resort': [
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=last-resort：在允许的最晚时间重启，2026-12-02 周三 02:00 Asia/Shanghai。',
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=last-resort：在截止时间前的第一个空档重启，2026-12-02 周三 02:00 Asia/Shanghai。届时也没有空档，要等其他重启完成。',
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=last-resort：NotBefore 之前的时间已被其他重启占满，在其前最后一个空档重启，2026-12-02 周三 02:00 Asia/Shanghai。自 2026-12-01 周二 18:00 Asia/Shanghai 起维护窗口内一直没有空档。',
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=soonest：在允许的最晚时间重启，2026-12-02 周三 02:00 Asia/Shanghai。',
  ],
  soonest: [
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=soonest：立即重启。',
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=soonest：在第一个空档重启，2026-12-02 周三 02:00 Asia/Shanghai。届时也没有空档，要等其他重启完成。',
  ],
  'pinned-at': ['运维人员指定在 2026-12-02 周三 02:00 Asia/Shanghai 重启。'],
  'left-to-ecs': [
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NO_WINDOW=leave：由 ECS 重启实例。',
  ],
  'ecs-keeps-window': [
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内没有 15 分钟的空档。NotBefore 正好在负责人于 ECS 中设置的维护窗口内，届时由 ECS 重启实例；若由本程序重启，反而会在窗口之外。',
  ],
  'windows-unknown': [
    '无法读取负责人在 ECS 中设置的维护窗口，请查看 plan 函数报告的问题。重启先等待窗口查明；若一直没有变化，则按设置中的窗口（daily 02:00-05:00 Asia/Shanghai）在 2026-12-02 周三 02:00 Asia/Shanghai 重启。',
    '负责人的维护窗口未知：无法解析标签 reboot-planner:window、reboot-planner:time-zone，请改正。设置中的维护窗口（Sun 02:00-05:00 Asia/Shanghai）没有空档。',
  ],
  'too-late': ['来不及了：距 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）已不足安全余量 30 分钟。'],
  'observe-mode': ['MODE=observe：只写计划，不重启。'],
  'window-too-short': [
    '维护窗口 daily 02:00-02:10 UTC 中没有一段时间容得下 SLOT（15 分钟）加 START_ROOM（3 分钟），任何重启都放不进去。',
    '维护窗口 daily 02:00-02:10 UTC 中没有一段时间容得下 SLOT（15 分钟）加两倍 START_ROOM 与 COMMAND_TIMEOUT 之和（11 分钟），任何重启都放不进去。',
  ],
  'tag-faults': ['Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。'],
  'possibly-answered': [
    '上一次重启可能已响应该事件。若是如此，ECS 会在 2026-12-02 周三 02:10 Asia/Shanghai 前显示。计划等到那时。',
  ],
} satisfies Partial<ChineseCases>;
