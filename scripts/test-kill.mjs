// Kills a training run and an embedding run twenty times each, at random moments, and compares what they end with: npm run test:kill
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npx', ['vitest', 'run', 'packages/cli/src/resilience'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, BRAVAIS_KILLS: '20' },
});
process.exit(status ?? 1);
