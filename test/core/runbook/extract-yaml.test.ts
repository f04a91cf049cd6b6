import assert from 'node:assert/strict';
import { isRunbook } from '../../../server/src/core/runbook/extractors';
import { checkRegions } from './region-table';

const task = (rest: string): string => `- name: t\n  ${rest}`;

describe('YAML that runs shell', () => {
  checkRegions('tasks/main.yml', {
    'a literal block': [task('shell: |\n    zfs list\n      a\n\n    zfs get x\n'), ['zfs list\n  a\n\nzfs get x']],
    'a folded block': [task('shell: >-\n    zfs list\n    a\n\n    b\n      c\n    d\n'), ['zfs list a\nb\n  c\nd']],
    'a plain scalar over lines': [task('shell: zfs list\n    a\n    b\n'), ['zfs list a b']],
    'a double-quoted one': [task('shell: "zfs list \\"a\\"\\t\\x62\\\n    c"\n'), ['zfs list "a"\tbc']],
    'a single-quoted one': [task("shell: 'zfs list ''a'''\n"), ["zfs list 'a'"]],
    'with an indentation indicator': [task('shell: |2\n      zfs list\n'), ['  zfs list']],
    'with the ends of line of Windows': [task('shell: |\r\n    zfs list\r\n    a\r\n'), ['zfs list\na']],
    'templates are unknown values': [
      task('shell: |\n    zfs list {{ a }}{% if x %}b{% endif %}{# no #}\n'),
      ['zfs list {{ a }}b'],
    ],
    'by the long name, with cmd or argv': [
      `${task('ansible.builtin.shell:\n    cmd: zfs list a\n')}- command:\n    argv: [zfs, list, 'a b']\n`,
      ['zfs list a', "'zfs' 'list' 'a b'"],
    ],
    'a file with its path': [
      task('copy:\n    dest: /etc/x.sh\n    content: |\n      zfs list\n'),
      ['/etc/x.sh: zfs list'],
    ],
    'other keys are data': [task('debug:\n    msg: zfs send a@b\n'), []],
    'several documents': [
      '---\n- name: a\n  shell: zfs list a\n---\n- name: b\n  shell: zfs list b\n',
      ['zfs list a', 'zfs list b'],
    ],
  });

  describe('commands without a shell', () => {
    checkRegions('tasks/main.yml', {
      'operators are letters': [task('command: zfs list a|b "c|d" $HOME chdir=/srv\n'), ['zfs list a\\|b "c|d" $HOME']],
      'options of the module are no words': [
        task('shell: creates=/x zfs list > /x executable=/bin/bash\n'),
        [' zfs list > /x'],
      ],
    });
  });

  describe('jobs', () => {
    checkRegions('.gitlab-ci.yml', {
      'share a shell': [
        'send:\n  before_script:\n    - A=x\n  script:\n    - zfs list $A\n    - |\n      zfs get x\n',
        ['A=x', 'zfs list $A\nzfs get x'],
      ],
    });
  });

  describe('workflows', () => {
    checkRegions('.github/workflows/a.yml', {
      'run is shell, and shell names one': [
        'jobs:\n  a:\n    steps:\n      - shell: bash\n        run: zfs list ${{ inputs.x }}\n',
        ['zfs list ${{ inputs.x }}'],
      ],
      'steps of other programs are none': [
        'jobs:\n  a:\n    steps:\n      - shell: pwsh\n        run: zfs list\n      - run: zfs get x\n',
        ['zfs get x'],
      ],
    });
  });

  describe('cloud-init', () => {
    checkRegions('user-data', {
      'runcmd is one script of lines and lists': [
        '#cloud-config\nruncmd:\n  - zfs list a\n  - [zfs, list, b]\n',
        ["zfs list a\n'zfs' 'list' 'b'"],
      ],
    });
  });

  describe('pods', () => {
    checkRegions('pod.yaml', {
      'arguments follow their command': [
        'kind: Pod\nspec:\n  - command: [sh, -c]\n    args:\n      - |\n        zfs list\n  - args: [zfs, list]\n',
        ["'sh' '-c' 'zfs list'"],
      ],
      'a command is a list of words, a ConfigMap holds files': [
        'kind: Pod\nspec:\n  command: ["sh", "-c", "zfs list"]\n---\nkind: ConfigMap\ndata:\n  a.sh: |\n    zfs list\n  b.txt: zfs send\n',
        ["'sh' '-c' 'zfs list'", 'a.sh: zfs list', 'b.txt: zfs send'],
      ],
    });
  });

  const none: readonly (readonly [string, string])[] = [
    ['values.yaml', 'run: zfs send a@b\nscript: zfs list\n'],
    ['rawsend.config.yaml', '- name: a\n  shell: zfs list\n'],
    ['tasks/main.yml', '- name: a\n  shell: ls\n'],
    ['notes.log', '- name: a\n  shell: zfs list\n'],
  ];
  for (const [path, text] of none)
    it(`${path} ${JSON.stringify(text)} is none`, () => assert.equal(isRunbook({ path, text }), false));
});
