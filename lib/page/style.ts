// The style of the pages, and of drawings that stand alone. Colours are variables, so that light, dark and paper are one page.
import { ours, type RawText } from './dom.ts';

/** Each text colour has a contrast of 4.5 or more to the paper. */
const light = `
  --paper: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #eaeef2; --day: #b7bfc8; --soft: #f6f8fa;
  --window: #d3eddb; --closed: #f3eef8; --stripe: #d9cbe8; --deadline: #1f2328; --now: #b3006b; --link: #0550ae; --hover: #0969da1a;
  --state-planned: #0550ae; --state-awaitingapproval: #8a5a00; --state-preparing: #0a6b74; --state-rebooting: #6f32be;
  --state-verifying: #4f46b8; --state-avoided: #116329; --state-cleared: #59636e; --state-skipped: #59636e;
  --state-missed: #a43a00; --state-escalated: #b31d28; --state-unreadable: #b31d28;`;

const dark = `
  --paper: #0d1117; --text: #e6edf3; --quiet: #9aa4af; --line: #21262d; --day: #484f58; --soft: #161b22;
  --window: #143d24; --closed: #241f2e; --stripe: #3d3352; --deadline: #e6edf3; --now: #ff7ac6; --link: #79b8ff; --hover: #79b8ff26;
  --state-planned: #79b8ff; --state-awaitingapproval: #e3b341; --state-preparing: #56d4dd; --state-rebooting: #d2a8ff;
  --state-verifying: #b1b8ff; --state-avoided: #56d364; --state-cleared: #9aa4af; --state-skipped: #9aa4af;
  --state-missed: #ffa657; --state-escalated: #ff8a80; --state-unreadable: #ff8a80;`;

/** The colours, by the wish of the reader. Paper is light. */
const colours = `
:root { color-scheme: light dark; ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }`;

const states = ['planned', 'awaitingapproval', 'preparing', 'rebooting', 'verifying', 'avoided', 'cleared']
  .concat(['skipped', 'missed', 'escalated', 'unreadable'])
  .map((name) => `.state-${name} .state { color: var(--state-${name}); }`)
  .join('\n');

const fonts =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Charts: which drawing is shown, and how a row answers to a pointer or the keyboard. */
const charts = `
${colours}
.definitions { position: absolute; }
.drawing { display: block; width: 100%; height: auto; font-family: ${fonts}; color: var(--text); overflow: visible; }
.drawing text { font-variant-numeric: tabular-nums; white-space: pre; }
.drawing.narrow { display: none; }
.links a { outline: none; cursor: pointer; }
.links a:hover rect { fill: var(--hover); }
.links a:focus-visible rect { fill: var(--hover); stroke: var(--link); stroke-width: 2px; }
.symbol, .swatch { flex: none; vertical-align: -3px; }
.states, .marks { display: flex; flex-wrap: wrap; gap: 6px 22px; margin: 12px 0; padding: 0; list-style: none; }
.states li, .marks li { display: flex; align-items: center; gap: 7px; }
.marks { color: var(--quiet); font-size: 13px; }
.quiet { color: var(--quiet); }
.states .quiet { font-size: 13px; }
figure { margin: 8px 0 4px; }
${states}
@media screen and (max-width: 600px) {
  .drawing.wide { display: none; }
  .drawing.narrow { display: block; }
}`;

const page = `
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 20px 24px 60px; background: var(--paper); color: var(--text); font: 15px/1.5 ${fonts}; }
h1 { margin: 0; font-size: 25px; line-height: 1.3; }
header p { margin: 4px 0; }
h2 { margin: 34px 0 6px; font-size: 19px; }
h3 { display: inline; margin: 0; font-size: 15px; }
h4 { margin: 0 0 6px; font-size: 14px; }
a { color: var(--link); }
.needy { margin: 20px 0 0; padding: 10px 16px 12px; border: 1px solid var(--day); border-left: 5px solid var(--state-escalated); border-radius: 6px; background: var(--soft); }
.needy h2 { margin: 0 0 4px; font-size: 16px; }
.needy ul { margin: 0; padding: 0; list-style: none; }
.needy li { display: grid; grid-template-columns: 16px 190px 1fr; gap: 2px 9px; padding: 4px 0; }
.needy a { overflow-wrap: anywhere; }
.text { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; }
.needy .text { font-size: 13px; line-height: 1.5; }
.needy .symbol { margin-top: 3px; }
.needy p { margin: 6px 0 0; }
details { margin: 10px 0 22px; }
summary { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 18px; padding: 6px 10px; border-radius: 6px; background: var(--soft); cursor: pointer; }
summary::before { content: "▸"; width: 12px; color: var(--quiet); }
details[open] > summary::before { content: "▾"; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.tallies { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; color: var(--quiet); }
.tally { display: inline-flex; align-items: center; gap: 4px; }
table { width: 100%; margin: 14px 0 0; border-collapse: collapse; font-size: 13px; line-height: 1.45; }
caption { padding: 4px 6px; text-align: left; color: var(--quiet); }
th, td { padding: 5px 6px; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border: 0; color: var(--quiet); font-weight: 600; white-space: nowrap; }
tbody th { min-width: 150px; font-weight: 600; overflow-wrap: anywhere; }
td time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.id { display: block; color: var(--quiet); font-weight: 400; font-size: 12px; }
td .state { display: inline-flex; align-items: center; gap: 6px; font-weight: 600; }
.mark { display: block; padding-left: 22px; color: var(--quiet); font-size: 12px; }
.reason { width: 40%; overflow-wrap: anywhere; }
tr.plan { scroll-margin-top: 60px; }
tr.story { display: none; }
tr:target + tr.story { display: table-row; }
tr:target > * { background: var(--soft); }
tr.story > td { padding: 0 0 10px; border: 0; background: var(--soft); }
article { padding: 6px 16px 4px; border-left: 5px solid var(--link); }
article p { margin: 6px 0; }
.fault { color: var(--state-unreadable); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1px 16px; margin: 8px 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
ol { margin: 10px 0; padding: 0; list-style: none; }
ol li { display: grid; grid-template-columns: 112px 84px 1fr; gap: 0 12px; padding: 3px 0; border-top: 1px solid var(--line); }
.when { color: var(--quiet); font-variant-numeric: tabular-nums; }
.who { color: var(--quiet); overflow-wrap: anywhere; }
.what { overflow-wrap: anywhere; }
@media screen and (max-width: 600px) {
  body { padding: 14px 14px 40px; }
  table .wide { display: none; }
  tbody th { min-width: 0; }
  .states, .marks { gap: 4px 16px; }
  .needy li { grid-template-columns: 16px 1fr; }
  .needy .text { grid-column: 2; }
  article { padding: 6px 10px; }
  ol li { grid-template-columns: 1fr auto; }
  .what { grid-column: 1 / -1; }
}
@page { margin: 12mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  h1 { font-size: 18px; } h2 { font-size: 14px; } h3 { font-size: 12px; }
  table, .id, .mark { font-size: 9px; }
  .needy .text, .states .quiet, .marks, .tallies { font-size: 10px; }
  .text { display: block; overflow: visible; }
  .needy li { padding: 2px 0; } .needy { padding: 6px 12px; }
  .screen, .back { display: none; }
  .needy, summary, tr.story > td, tr:target > * { background: none; }
  details > summary::before, details[open] > summary::before { content: none; }
  details::details-content { display: block; content-visibility: visible; }
  figure, tr, .needy { break-inside: avoid; }
  h2, summary, caption, thead { break-after: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}`;

/** The style of our own pages. */
export const pageStyle: RawText = ours(`${charts}${page}`);

/** The colours alone, for a drawing that is a file of its own. */
export const drawingStyle: RawText = ours(
  `${colours}\ntext { font-family: ${fonts}; font-variant-numeric: tabular-nums; white-space: pre; }`,
);
