import { spawnSync } from 'node:child_process';

/** Undefined when Neovim can be run here; otherwise why not, and what would help. */
export const neovimMissing = (): string | undefined =>
  spawnSync('nvim', ['--version']).status === 0 ? undefined : 'nvim is not installed: apt-get install neovim';
