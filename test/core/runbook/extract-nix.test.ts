import { checkRegions } from './region-table';

describe('NixOS modules', () => {
  checkRegions('a.nix', {
    'a script without its indentation': ["{ script = ''\n    zfs list\n      a\n  ''; }\n", ['\nzfs list\n  a\n']],
    'packages are programs, other values are unknown': [
      '{ preStart = "${pkgs.zfs}/bin/zfs list ${cfg.x}"; }\n',
      ['/nix/zfs/bin/zfs list ${cfg.x}'],
    ],
    'escapes of both kinds': [
      "{ script = ''\n  zfs list ''${A} '''b''' ''\\tc\n''; postStart = \"zfs list \\\"a\\\" \\${B}\"; }\n",
      ["\nzfs list ${A} ''b'' \tc\n", 'zfs list "a" ${B}'],
    ],
    'scripts by their writers': [
      "writeShellScriptBin \"a\" ''\n  zfs list\n'' ++ writeShellApplication { name = \"b\"; text = ''zfs get x''; }\n",
      ['\nzfs list\n', 'zfs get x'],
    ],
    'comments and other strings are none': [
      "# script = ''zfs list''\n/* script = ''zfs list''; */\n{ description = \"zfs list\"; text = ''zfs list''; }\n",
      [],
    ],
    'one that never ends is left out': ["{ script = ''\n  zfs list\n", []],
  });
});
