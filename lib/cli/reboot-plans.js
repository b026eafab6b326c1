#!/usr/bin/env node
// The bin `reboot-plans`: plans.ts, which Node 20 cannot run by itself.
import process from 'node:process';
import { register } from 'tsx/esm/api';

// A package of Alibaba's SDK still uses what Node has deprecated. That is no news for operators.
process.noDeprecation = true;
register();
await import('./plans.ts');
